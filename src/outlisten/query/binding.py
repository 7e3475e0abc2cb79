"""Values of a statement: bound by name and type, never written into its text."""

from __future__ import annotations


class Parameters:
    """Collects the values of one statement. `values` goes to the engine beside it."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def bind(self, value: object, kind: str) -> str:
        """The `{name:Type}` that stands for a value."""
        name = f"q{len(self.values)}"
        self.values[name] = value
        return f"{{{name}:{kind}}}"

    def text(self, value: str) -> str:
        """A string."""
        return self.bind(value, "String")

    def texts(self, values: list[str]) -> str:
        """An array of strings."""
        return self.bind(values, "Array(String)")
