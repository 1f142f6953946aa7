"""Reading with a language model on a server of the user's choice: it points at words, the lists make the values."""
