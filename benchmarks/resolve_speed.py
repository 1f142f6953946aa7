"""Processor time of resolving made-up claims: `python benchmarks/resolve_speed.py [CLAIMS] [--days N] [--one-cell]`."""

from __future__ import annotations

import argparse
import random
import resource
import time
from datetime import UTC, datetime, timedelta

from vedette.model.ids import stable_id
from vedette.model.kinds import Attribution, EventKind, Harm, Precision, Stance
from vedette.model.nouns import Claim
from vedette.model.values import Actor, Cited, Place, Tally, Toll, When
from vedette.resolve import Told, resolve_claims

START = datetime(2021, 1, 1, tzinfo=UTC)
KINDS = [*[EventKind.ARMED_CLASH] * 4, *[EventKind.REMOTE_EXPLOSIVE_LANDMINE_IED] * 4, *[EventKind.ATTACK] * 3]
KINDS += [EventKind.AIR_DRONE_STRIKE, EventKind.SUICIDE_BOMB, EventKind.ARRESTS, EventKind.UNKNOWN]
NAMED = [Actor("Taliban", "taliban"), Actor("Islamic State", "is"), Actor("gunmen"), Actor("police")]


def event(rng: random.Random, days: int, provinces: int) -> tuple[EventKind, int, Place, Actor, int]:
    """What happened, in the truth of this benchmark."""
    province = f"Province {rng.randrange(provinces)}"
    town = Place(f"Town {rng.randrange(30)}", Precision.SETTLEMENT, "", "AF", ("Afghanistan", province))
    return rng.choice(KINDS), rng.randrange(days), town, rng.choice(NAMED), min(int(rng.expovariate(0.3)), 90)


def telling(rng: random.Random, number: int, truth: tuple[EventKind, int, Place, Actor, int]) -> Told:
    """One article's claim about it, now and then vaguer or off in its toll."""
    kind, day, place, actor, toll = truth
    if rng.random() < 0.2:
        place = Place(place.path[1], Precision.PROVINCE, "", "AF", place.path[:1])
    if rng.random() < 0.05:
        place = Place("Afghanistan", Precision.COUNTRY, "AF", "AF")
    date = (START + timedelta(days=day)).date()
    when = When(date - timedelta(days=5), date) if rng.random() < 0.1 else When(date, date)
    killed = max(0, toll + rng.choice([0, 0, 0, 1, -1]))
    claim = Claim(
        stable_id("claim", str(number)),
        stable_id("article", str(number)),
        Cited(kind),
        Cited(when),
        Cited(place),
        Cited(rng.choice([Stance.ASSERTS] * 19 + [Stance.DENIES])),
        Cited(Attribution.FACT),
        perpetrators=(Cited(actor),),
        tolls=(Cited(Toll(Harm.KILLED, Tally(killed, killed, killed))),),
    )
    return Told(claim, f"source {rng.randrange(20)}", START + timedelta(days=day + rng.randrange(3)))


def main() -> None:
    """Prints claims, incidents, seconds and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", type=int, nargs="?", default=20_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--one-cell", action="store_true", help="everything on one day in one province")
    asked = parser.parse_args()
    rng = random.Random(7)
    days, provinces = (1, 1) if asked.one_cell else (asked.days, 34)
    told: list[Told] = []
    while len(told) < asked.claims:
        truth = event(rng, days, provinces)
        told += [telling(rng, len(told) + copy, truth) for copy in range(rng.randrange(1, 6))]
    began = time.process_time()
    resolution = resolve_claims(told, (), (), ())
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(told)} claims, {len(resolution.incidents)} incidents, {seconds:.1f} s (processor), peak {peak:.0f} MiB"
    )


if __name__ == "__main__":
    main()
