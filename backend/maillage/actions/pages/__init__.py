"""Server-rendered pages of actions: the public face, and answering from a mail."""
