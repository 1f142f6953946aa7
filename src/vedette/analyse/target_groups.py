"""The target group of what an article names as a target: by its kind in the registry, else by the word for its role."""

from __future__ import annotations

from functools import cache

# The last word of a description tells the role: "Taliban policemen", "a group of villagers". Words that may be anyone's
# ("gunmen", "fighters", "convoy") are left out, and their group is not told.
_WORDS = {
    "civilians": """aid-workers boys child children civilian civilians clerics congregation doctors elders families
        family farmers girls journalist journalists labourers laborers mourners nurses passengers pedestrians people
        pilgrims refugees residents shoppers students teacher teachers travellers travelers villager villagers voters
        women worker workers worshipers worshippers""",
    "government": """ambassador councillors diplomats governor judge judges mayor minister ministers officials
        politicians prosecutor prosecutors""",
    "protesters": "demonstrators protester protesters marchers",
    "rebel_groups": "insurgents rebels",
    "rioters": "mob rioters",
    "state_forces": """airmen army commandos gendarmes guardsmen police policeman policemen policewomen soldier soldiers
        troops""",
}
_PHRASES = {"security forces": "state_forces", "armed forces": "state_forces", "border guards": "state_forces"}


@cache
def groups_by_name() -> dict[str, str]:
    """The target group of each actor of the registry that has one, by its id."""
    from vedette.reference.actor_groups import group_of
    from vedette.reference.actors import load_actors

    groups = {actor.id: group_of("registry", actor.kind) for actor in load_actors()}
    return {ident: group for ident, group in groups.items() if group}


def groups_by_word() -> dict[str, str]:
    """The target group of each word or phrase that ends a description, in lower case."""
    words = {word: group for group, several in _WORDS.items() for word in several.split()}
    return {**words, **_PHRASES}
