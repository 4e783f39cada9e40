"""The smallest valid register as texts: Leipzig and Kyiv, one milestone, and its reference tables."""

from pathlib import Path

from analysis.tables import DataError, Register, read_register

CITIES = """\
city_id,name_de,name_en,name_local,country_code,latitude,longitude,is_area,source_id
leipzig,Leipzig,Leipzig,Leipzig,DE,51.3397,12.3731,false,paper
kyiv,Kiew,Kyiv,Київ,UA,50.4501,30.5234,false,paper
"""
PARTNERSHIPS = """\
partnership_id,home_city_id,partner_city_id,level,home_district,scope,source_id
kyiv,leipzig,kyiv,city,,international,paper
"""
MILESTONES = """\
milestone_id,partnership_id,date,milestone,form,is_own_reading,source_id
kyiv-1,kyiv,1961,signed,partnership,false,paper
"""
ACTIVITIES = """\
activity_id,partnership_id,start_date,end_date,activity_type,is_project,participants,participants_under_27,\
amount_own_eur,title_en,source_id
trip,kyiv,2019-05-03,2019-05-07,citizens_trip,false,40,12,1234.5,A trip,paper
"""
RATINGS = """\
round_year,partnership_id,criterion_id,rating,rated_by,source_id
2020,kyiv,activity,AAA,office,paper
"""
DECISIONS = """\
decision_id,paper,item,decided_date,due_date,title_de,title_en,text_de,text_en,indicator,source_id
round,P 1,1,2020-10-14,2025-10-14,Runde,Round,Text,Text,next_round,paper
"""
CLAIMS = """\
claim_id,conflict_id,table,row_id,property,value,verdict,reason_de,reason_en,source_id
one,name,cities,kyiv,name,Kiew,accepted,Duden,Duden,paper
"""
REGISTER = {"cities.csv": CITIES, "partnerships.csv": PARTNERSHIPS, "milestones.csv": MILESTONES}
REFERENCE = {
    "sources.csv": "source_id,title,publisher,kind\npaper,A paper,The city,official\n",
    "criteria.csv": """\
criterion_id,position,name_de,name_en,definition_de,definition_en,scale,source_id
aims,1,Ziele,Aims,Ziele,Aims,,paper
activity,2,Aktivität,Activity,Grad,Degree,A|AA|AAA,paper
""",
    "regions.csv": "country_code,region_code\nDE,155\nNA,018\nUA,151\n",
}


def write_files(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder, texts as UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read_tiny(folder: Path, changed: dict[str, str | bytes] | None = None) -> Register:
    """Read the tiny register, with some of its files changed or added, from the folder `register`."""
    reference = write_files(folder / "reference", REFERENCE)
    return read_register(write_files(folder / "register", {**REGISTER, **(changed or {})}), reference)


def problems_of(folder: Path, changed: dict[str, str | bytes]) -> list[str]:
    """Problems of the tiny register with some of its files changed or added; none if it is valid."""
    try:
        read_tiny(folder, changed)
    except DataError as error:
        return error.problems
    return []
