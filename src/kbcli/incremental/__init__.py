"""Checking what an edit can have changed, and nothing else. `checked.check_project` is what others call.

Each data file is checked by itself, by the same checks as the whole, and all that they read beyond it is noted as
keys: what is said of a thing, who names it, who goes by a name, which files say something of it, the text of a source.
After an edit the keys of all triples that came or went are formed, and the files that read one of them are checked
again. What cannot be noted so makes the whole be checked.

The shapes cost most. They are put to a file again only if an edit changes what they read there; a text in the place of
another that no shape can tell from it (`sight`, `swap`) leaves what they have found as it is.
"""
