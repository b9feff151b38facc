"""The index of a large knowledge base: its triples in an on-disk store, so that a question need not read all files.

It lives in `.kb/index/`, can be deleted at any time, and is never stale: it is used only if every file still has the
size, the times and the inode it had when it was read.

    .kb/index/union/            the union of all files; `graphs/` has each file's named graph beside it
        lock                    held by the one process that changes anything here
        current                 the name of the generation to be read
        7/                      a generation: nothing in it changes any more but `files`
            store/              an Oxigraph store
            files               whose triples these are: `manifest`
            texts, names        the files' texts, to know later what an edit removed: `texts`
            tags                the language tags that literals may have
            extra.nq            the triples that more than one file has, one line for each file beyond the first
            base                instead, where 7 is another generation with some files changed: which one that is

A generation is built beside the current one and then named in `current`, so that a reader never sees half of one and
a build that is killed leaves the old state. Readers lock their generation; only what nobody reads is removed.
"""
