"""The nouns, value types, ids and errors; imports nothing of ours."""
