"""SHACL: the one part of the house that knows pySHACL and its graphs. `engine` is what others call."""
