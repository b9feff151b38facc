"""How much of an article's text is transcribed: sentence by sentence, character by character, word by word.

spans.py      what the spans of an article are for; the checks ask it too
ledger.py     the data as far as it is needed for that, one file in memory at a time
account.py    what the data says of one article
leftovers.py  reporting words, hedges and quotations that no claim uses
coverage.py   the account held against the text
survey.py     all articles, or one of them
page.py       the text itself, shaded
formats/      the formats of `kb coverage`
"""
