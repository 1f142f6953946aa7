"""The queue for people; writes judgements."""
