"""The locks: names, versions and hashes for every system, and no address."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REQUIREMENT = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?P<marker> ;[^\\]+)?(?P<hashes>( \\\n    --hash=sha256:[0-9a-f]{64})+)$",
    re.MULTILINE,
)

locks = pytest.mark.parametrize("lock", ["lock.txt", "lock-lab.txt", "lock-test.txt", "lock-engines.txt"])


def requirements(lock: str) -> list[re.Match[str]]:
    """Every requirement of the lock that is pinned and hashed."""
    return list(REQUIREMENT.finditer((ROOT / lock).read_text("utf-8")))


def pinned(lock: str) -> set[tuple[str, str]]:
    """Names and versions."""
    return {(found["name"], found["version"]) for found in requirements(lock)}


@locks
def test_lock_holds_no_address(lock: str) -> None:
    """Neither an index, nor a link, nor a path: pip asks where the person's machine asks."""
    assert re.findall(r".*(?:/|--index|--extra|--find-links).*", (ROOT / lock).read_text("utf-8")) == []


@locks
def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    """Each line of a lock is a comment or belongs to a pinned requirement with its hashes."""
    text = (ROOT / lock).read_text("utf-8")
    left = REQUIREMENT.sub("", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).strip()
    assert left == ""
    assert len(requirements(lock)) > 40


@locks
@pytest.mark.parametrize("name", ["numpy", "pandas", "duckdb", "pydantic-core"])
def test_compiled_packages_are_locked_for_all(lock: str, name: str) -> None:
    """A lock of one machine holds one hash; Linux, macOS and Windows on four Pythons make a dozen and more."""
    assert all(found["hashes"].count("sha256") > 12 for found in requirements(lock) if found["name"] == name)
    assert name in {found["name"] for found in requirements(lock)}


def test_test_lock_changes_no_runtime_version() -> None:
    """The tests run on the versions that people get."""
    assert pinned("lock.txt") < pinned("lock-lab.txt") < pinned("lock-test.txt")


def test_locks_hold_every_named_dependency() -> None:
    """A dependency added to pyproject.toml and not locked would be missing after the first start."""
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = facts["dependency-groups"]
    runtime = {re.split(r"[=;]", line)[0] for line in facts["project"]["dependencies"] + groups["build"]}
    assert len(runtime) > 10
    assert runtime <= {name for name, _ in pinned("lock.txt")}
    lab = set(facts["project"]["optional-dependencies"]["lab"])
    assert lab <= {name for name, _ in pinned("lock-lab.txt")} - {name for name, _ in pinned("lock.txt")}
    extras, engines = facts["project"]["optional-dependencies"], {name for name, _ in pinned("lock-engines.txt")}
    assert {*extras["spark"], *extras["clickhouse"], *groups["engines"]} <= engines
    assert not {*extras["spark"], *extras["clickhouse"]} & {name for name, _ in pinned("lock-lab.txt")}
    assert set(groups["test"]) <= {name for name, _ in pinned("lock-test.txt")}
