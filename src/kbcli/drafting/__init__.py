"""From a text file to a first draft of its Turtle: the mechanical part, by rule, and never a guess.

What cannot be told from the words alone is left out and marked as a TODO (see `kbcli.undecided`). No language model,
no network, no clock: the same text and the same knowledge base give the same draft.
"""
