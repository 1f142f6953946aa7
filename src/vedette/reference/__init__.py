"""What is known before any article is read: places, actors, kinds and words, as data files and their look-ups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from vedette.reference.actors import Actors, load_actors
from vedette.reference.added_places import AddedFile
from vedette.reference.gazetteer import Gazetteer, load_gazetteer
from vedette.reference.lexicon import Lexicon, load_lexicon


@dataclass(frozen=True, slots=True)
class Reference:
    """The knowledge that a reader is handed."""

    gazetteer: Gazetteer
    actors: Actors
    lexicon: Lexicon


@cache
def load_reference(places: AddedFile | None = None) -> Reference:
    """What ships with Vedette, with a case's own places where it has some; loaded once in a process."""
    gazetteer = Gazetteer(added=places.path) if places else load_gazetteer()
    return Reference(gazetteer, load_actors(), load_lexicon())
