"""A mail as its writer sees it: a subject and blocks, from which the HTML and its plain twin are both drawn."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text."""

    kind: ClassVar[str] = "paragraph"
    text: str

    def plain(self) -> str:
        """Write it without marks."""
        return self.text


@dataclass(frozen=True)
class Heading:
    """A line that opens a part."""

    kind: ClassVar[str] = "heading"
    text: str

    def plain(self) -> str:
        """Write it over a line."""
        return f"{self.text}\n{'-' * len(self.text)}"


@dataclass(frozen=True)
class Quiet:
    """A remark: why this mail came, what happens if nothing is done."""

    kind: ClassVar[str] = "quiet"
    text: str

    def plain(self) -> str:
        """Write it without marks."""
        return self.text


@dataclass(frozen=True)
class Facts:
    """Pairs of a label and a value: place, date, code."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]

    def plain(self) -> str:
        """Write a line for each, the values below one another."""
        width = max((len(label) for label, _ in self.rows), default=0)
        return "\n".join(f"{label:<{width}}  {value}" for label, value in self.rows)


@dataclass(frozen=True)
class Button:
    """An address to open, with what happens there. `accent` at most once in a letter: someone is needed, here, now."""

    kind: ClassVar[str] = "button"
    label: str
    url: str
    accent: bool = False

    def plain(self) -> str:
        """Write the address on a line of its own, so that readers make a link of it."""
        return f"{self.label}\n{self.url}"


@dataclass(frozen=True)
class Prose:
    """A text written elsewhere: its source as typed, and its HTML, which must already be safe."""

    kind: ClassVar[str] = "prose"
    source: str
    safe_html: str

    def plain(self) -> str:
        """Write it as it was typed."""
        return self.source.strip()


Block = Paragraph | Heading | Quiet | Facts | Button | Prose


@dataclass(frozen=True)
class Attachment:
    """A file that comes with a mail: its name, its media type, its bytes."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """What is said to one reader. `preview`: the line that mail programs show beside the subject."""

    subject: str
    blocks: tuple[Block, ...]
    preview: str = ""
    attachments: tuple[Attachment, ...] = ()

    @property
    def is_warm(self) -> bool:
        """Say whether one button is the warm one: the others are then drawn as lines."""
        return any(isinstance(block, Button) and block.accent for block in self.blocks)

    def plain(self) -> str:
        """Write the whole as plain text."""
        return "\n\n".join(block.plain() for block in self.blocks)
