"""Each data set's generations: how its files are written, and which columns mean the same in all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from invented import acled, gdelt, gtd, icews, ucdp
from invented.tables import Row, as_csv


@dataclass(frozen=True)
class Generation:
    """One shape of one data set's files; the last five fields are the columns of an id, a day, deaths and a point."""

    dataset: str
    name: str
    columns: Sequence[str]
    rows: Callable[..., list[Row]]
    real: str  # a real file of this shape in the shared data, where there is one
    id: str
    day: str = ""
    deaths: str = ""
    lat: str = "latitude"
    lon: str = "longitude"
    header: bool = True
    delimiter: str = ","

    def text(self, n: int, seed: int = 0, header: bool | None = None) -> str:
        """A file of `n` rows as this generation writes it; `header` where it is to be otherwise."""
        return self.written(self.rows(n, seed), header)

    def written(self, rows: Sequence[Row], header: bool | None = None) -> str:
        """These rows as a file of this generation."""
        headed = self.header if header is None else header
        return as_csv(rows, headed, self.delimiter, self.columns, quoted=self.delimiter != "\t")


def _acled(year: str, real: str, ident: str = "event_id_cnty") -> Generation:
    rows = partial(acled.acled_rows, year)
    names = {"id": ident, "day": "event_date", "deaths": "fatalities", "lat": "latitude", "lon": "longitude"}
    if year == "2015":
        names = {role: name.upper() for role, name in names.items()}
    return Generation("acled", year, acled.COLUMNS[year], rows, real and f"acled_samples/{real}", **names)  # type: ignore[arg-type]


def _ucdp(name: str, real: str = "", header: bool = True) -> Generation:
    rows = partial(ucdp.ucdp_rows, name)
    return Generation("ucdp", name, ucdp.COLUMNS[name], rows, real, "id", "date_start", "best", header=header)


def _gdelt(name: str, real: str) -> Generation:
    rows, point = partial(gdelt.gdelt_rows, name), {"lat": "ActionGeo_Lat", "lon": "ActionGeo_Long"}
    headed, columns = name == "1.0", gdelt.COLUMNS[name]
    return Generation(
        "gdelt", name, columns, rows, real, "GLOBALEVENTID", "SQLDATE", header=headed, delimiter="\t", **point
    )


def _gtd(name: str, real: str) -> Generation:
    return Generation("gtd", name, gtd.COLUMNS[name], partial(gtd.gtd_rows, name), real, "eventid", deaths="nkill")


_ICEWS = Generation(
    "icews",
    "2018",
    icews.COLUMNS,
    icews.icews_rows,
    "icews_gdelt_samples/icews_events.2018.sample.tab",
    "Event ID",
    "Event Date",
    lat="Latitude",
    lon="Longitude",
    delimiter="\t",
)

GENERATIONS = {
    f"{each.dataset} {each.name}": each
    for each in (
        _acled("2015", "acled_asia2015_pakistan_v6schema.csv"),
        _acled("2016", "acled_2016_api.csv", "data_id"),
        _acled("2020", "acled_2020-05_export.csv"),
        _acled("2022", "acled_2022h1_dev.csv"),
        _acled("2023", "acled_benin_2023schema.csv"),
        _acled("2024", ""),
        _ucdp("ged", "ucdp_ged/ged_v23_sample_dev.csv"),
        _ucdp("ged41", "ucdp_ged/ged_syria_2016_2019.csv.gz"),
        # The Candidate files carry GED's 49 columns in GED's order; those from 2023 on have no header.
        _ucdp("candidate", header=False),
        _gtd("135", "gtd_slices/gtd_us_2000on_dev.csv"),
        _gtd("123", "gtd_slices/gtd_1993_1213dist.csv"),
        _gdelt("1.0", "icews_gdelt_samples/gdelt1_events_sample.csv"),
        _gdelt("1.0 historical", ""),
        _gdelt("2.0", "icews_gdelt_samples/GDELT_2.0_Events_Column_Labels_Header_Row_Sep2016.csv"),
        _ICEWS,
    )
}
