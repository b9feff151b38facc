"""New records, and what is missing in those that there are: from what an editor types to Turtle in its place.

Nothing is guessed: a name that nobody bears or that two bear is refused with what there is, and so is a second record
of what is there already. What would bring a new error into the knowledge base is not written.
"""
