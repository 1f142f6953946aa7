"""The code book's rulings on kinds."""

from __future__ import annotations

import pytest

RULINGS = [
    ("A roadside bomb killed three soldiers in Kunduz.", "remote_explosive_landmine_ied"),
    ("A suicide bomber blew himself up and gunmen then opened fire in Kabul, killing 12 people.", "suicide_bomb"),
    ("Gunmen killed a journalist in Kabul.", "attack"),
    ("Gunmen ambushed a police patrol in Kabul, killing two policemen.", "armed_clash"),
    ("Soldiers fought a gun battle with insurgents in Kunduz; an air strike helped.", "armed_clash"),
    ("Security forces detained three suspected insurgents in Kunduz on Friday.", "arrests"),
    ("Insurgents kidnapped four aid workers in Kunduz.", "abduction_forced_disappearance"),
    ("Police defused a bomb near the market in Kabul.", "disrupted_weapons_use"),
    ("Soldiers found a weapons cache in Kunduz.", "disrupted_weapons_use"),
    ("Militants hurled a grenade at a checkpoint in Kabul.", "grenade"),
    ("A US drone strike killed two militants in Kunduz.", "air_drone_strike"),
    ("Militants fired rockets at Kabul airport on Friday.", "shelling_artillery_missile"),
    ("Taliban fighters seized the district of Kunduz on Friday.", "non_state_actor_overtakes_territory"),
    ("Government forces recaptured Kunduz from the Taliban on Friday.", "government_regains_territory"),
    ("Rebels set fire to three buses in Bogota.", "looting_property_destruction"),
    ("Thousands of people took to the streets of Kabul on Friday.", "peaceful_protest"),
    ("Police used tear gas to disperse protesters in Kabul.", "protest_with_intervention"),
    ("Soldiers opened fire on protesters in Kabul, killing two.", "excessive_force_against_protesters"),
    ("Protesters clashed with police in Kabul on Friday.", "violent_demonstration"),
    ("A mob lynched a man in Kabul, killing him.", "mob_violence"),
    ("Rebels raped five women in a village near Kunduz.", "sexual_violence"),
    ("A sarin attack by government forces killed 40 people in Idlib.", "chemical_weapon"),
    ("The government and the rebels signed a peace agreement in Kabul.", "agreement"),
    ("Fifty militants laid down their arms in Kunduz.", "change_to_group"),
    ("Insurgents set up a base in Kunduz on Friday.", "headquarters_or_base_established"),
    ("Military aircraft bombed a village in Nahrin district, killing three insurgents.", "air_drone_strike"),
]


@pytest.mark.parametrize(("text", "kind"), RULINGS)
def test_a_kind_is_decided_by_what_was_done(claims_of, text, kind):
    assert [claim.kind.value.value for claim in claims_of(text)][:1] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Manchester United launched an early attack and Ronaldo shot wide of goal.",
        "He suffered a cardiac arrest during the match.",
        "The film bombed at the box office.",
        "Six people died when a bus crashed near Kabul.",
        "A man was jailed for the murder of his wife.",
        "Militants often target convoys.",
        "If the Taliban attacked Kabul, people would flee.",
        "The leader is responsible for coordinating attacks against Afghan forces.",
        "The group has carried out 47 attacks since September.",
        "Police charge two men over the killing of a journalist in the city.",
        "London police seized control of 20 houses in Kabul Road.",
        "The Taliban showed a base captured by their fighters.",
        "Security forces have killed 30 insurgents in six operations since Dec. 1.",
        "More than 900 people have been killed this year, the charity said.",
    ],
)
def test_other_senses_crime_habits_and_totals_are_no_claims(claims_of, text):
    assert claims_of(text) == ()
