"""What questions and checks cost, beside what else one could use: `python -m tests.bench --help`.

Read in this order: `case` (one command), `cost` and `meter` (what it costs), `questions`, `validation` and `shapes`
(what is compared), `goal` (the ratios to be reached), `report` and `chart` (what is shown). `generate` makes the
knowledge bases.
"""
