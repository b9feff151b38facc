"""What the shells ask of `kb` when the Tab key is pressed."""

from __future__ import annotations

import os
import re

from click.shell_completion import BashComplete, add_completion_class, shell_complete, split_arg_string

SHELLS = ("bash", "fish", "zsh")
__all__ = ["SHELLS", "shell_complete"]
_SPECIAL = re.compile(r"([^\w@%+:,./=-])")

# Files are what is meant where nothing of ours is (-o default).
_SOURCE = """\
%(complete_func)s() {
    mapfile -t COMPREPLY < <(
        KB_LINE="${COMP_LINE:0:COMP_POINT}" KB_BREAKS="$COMP_WORDBREAKS" %(complete_var)s=bash_complete "$1" 2>/dev/null
    )
    [ -n "${COMPREPLY[0]}" ] || COMPREPLY=()
}
complete -o nosort -o default -F %(complete_func)s %(prog_name)s
"""


@add_completion_class
class Bash(BashComplete):
    """Bash takes a colon for the end of a word, and inserts what it is given as it stands."""

    source_template = _SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        line = os.environ.get("KB_LINE", "")
        words = split_arg_string(line)
        ends = not line or (line[-1].isspace() and split_arg_string(line + ".")[-1] == ".")
        return (words[1:], "") if ends else (words[1:-1], words[-1])

    def complete(self) -> str:
        args, typed = self.get_completion_args()
        quoted = re.search(r"""['"][^'"]*\Z""", os.environ.get("KB_LINE", "")) and typed
        found = (item.value for item in self.get_completions(args, typed) if item.type == "plain")
        return "\n".join(self._inserted(value, typed, is_quoted=bool(quoted)) for value in found)

    def _inserted(self, value: str, typed: str, *, is_quoted: bool) -> str:
        """What takes the place of the word that Bash sees: of `ag:ir` it is `ir`."""
        if is_quoted:
            return value
        known = max((typed.rfind(mark) + 1 for mark in ":=" if mark in os.environ.get("KB_BREAKS", "")), default=0)
        return _SPECIAL.sub(r"\\\1", value[known:] if value.startswith(typed[:known]) else value)
