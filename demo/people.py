"""Made-up people: who they are, and how the same person looks when typed in again."""

from dataclasses import dataclass

from demo.dice import Dice


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words(
    "Anna Ben Clara David Emma Felix Greta Hannes Ida Jakob Katja Leon Marie Nils Olga Paul Rosa Simon Tessa Uwe Vera "
    "Wim Yara Zeno Ayse Mehmet Chiara Luca Ines Pedro Sofie Mats Elena Jan Petra Kai Noor Tim Lena Oskar"
)
LAST = _words(
    "Albrecht Berger Conrad Dietz Engel Fuchs Graf Hartmann Iversen Jung Krüger Lorenz Maurer Neumann Otto Peters "
    "Quandt Richter Seidel Thoma Ulrich Voss Wagner Ziegler Yildiz Rossi Silva Novak Jansen Larsen "
    "Moreau Keller Brunner Huber"
)
COMPANY = _words("Studio Praxis Kanzlei Büro Werkstatt Agentur Labor Verlag Schule Kollektiv")
PLACE = _words("Nordlicht Hafen Linde Morgen Kontor Elbe Spree Isar Alster Rhein Süd Altona Mitte Westend Falken Anker")
JOBS = ("Office manager", "Managing director", "Facility manager", "People lead", "Founder", "Purchasing", "")
COUNTRIES = (  # name, calling code, the start and length of numbers that no operator has given out, weight
    ("Germany", "49", "154", 8, 78),
    ("Austria", "43", "601", 7, 10),
    ("Switzerland", "41", "15", 7, 8),
    ("Netherlands", "31", "99", 7, 4),
)


@dataclass(frozen=True)
class Person:
    """Someone who may buy; no telephone number and no address is anybody's."""

    number: int
    first_name: str
    last_name: str
    company: str
    job: str
    country: str
    code: str
    prefix: str
    length: int

    @property
    def email(self) -> str:
        """The address; `.example` domains belong to nobody."""
        plain = f"{self.first_name}.{self.last_name}".lower()
        for umlaut, ascii_pair in (("ü", "ue"), ("ö", "oe"), ("ä", "ae")):
            plain = plain.replace(umlaut, ascii_pair)
        return f"{plain}{self.number}@{('buero', 'studio', 'mail')[self.number % 3]}.example"

    @property
    def phone(self) -> str:
        """The number as a form asks for it."""
        return f"+{self.code} {self.prefix} {self._digits[:4]} {self._digits[4:]}"

    @property
    def _digits(self) -> str:
        # The factor is coprime to powers of ten: no two people share a number.
        return f"{self.number * 6_180_339 % 10**self.length:0{self.length}d}"

    def email_again(self, way: int) -> str:
        """The same address, typed in another way."""
        return (self.email.upper(), f" {self.email}", self.email.title(), "")[way % 4]

    def phone_again(self, way: int) -> str:
        """The same number, typed in another way."""
        plain, digits = f"{self.code} {self.prefix}", self._digits
        national = f"0{self.prefix}/{digits[:4]}-{digits[4:]}" if self.code == "49" else f"00{plain}{digits}"
        return (f"+{self.code} (0){self.prefix} {digits}", national, f"00{plain}-{digits}")[way % 3]


def new_person(number: int, dice: Dice) -> Person:
    """The person with this number."""
    country, code, prefix, length, _ = dice.weighted(COUNTRIES, [row[-1] for row in COUNTRIES])
    company = f"{dice.pick(COMPANY)} {dice.pick(PLACE)}" if dice.chance(0.7) else ""
    return Person(number, dice.pick(FIRST), dice.pick(LAST), company, dice.pick(JOBS), country, code, prefix, length)
