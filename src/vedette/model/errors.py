"""The error tree: each error names its subject and says what to do about it."""

from vedette.model.text import safe_text


class VedetteError(Exception):
    """`subject: remedy` as one sentence; the base of all errors that a user is meant to read."""

    exit_code = 1

    def __init__(self, subject: object, remedy: str) -> None:
        self.subject = safe_text(str(subject))
        self.remedy = safe_text(remedy)
        super().__init__(f"{self.subject}: {self.remedy}")


class UsageError(VedetteError):
    """What was asked for cannot be asked that way."""

    exit_code = 2


class PolicyError(VedetteError):
    """What was asked for is possible and refused."""

    exit_code = 3


class InputError(VedetteError):
    """An input that cannot be used; the run goes on without it."""


class FormatError(InputError):
    """An input that is not what it says it is, or is broken."""


class TooLargeError(InputError):
    """An input over the size limit."""


class FetchError(InputError):
    """A source that did not answer as it should."""


class AnswerError(InputError):
    """An answer of a server asked for help that cannot be used; what was asked about is asked again by the next run."""


class ServiceError(VedetteError):
    """A server asked for help that cannot give any; the work that needs it ends, what it did is kept."""


class CaseError(VedetteError):
    """A case folder that cannot be opened or written."""
