"""Set the playbook up beside this file and run it: `python3 start.py ANY COMMAND` is `playbook ANY COMMAND`.

The first start makes `.venv` and installs the locked packages; later starts only compare a stamp. `start.py test` and
`start.py prove` run the checks, with the test packages, a browser and an office in place first, and `start.py lab` has
JupyterLab. Standard library only.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Error: the playbook needs Python 3.11 or newer.\n"
        "  saw:  Python {0}.{1}\n"
        "  hint: install a newer one from python.org, then run start.py with it\n"
        "Ошибка: плейбуку нужен Python 3.11 или новее.\n"
        "  увидели:    Python {0}.{1}\n"
        "  что делать: установите новую версию с python.org и запустите start.py ею".format(*sys.version_info[:2])
    )

import contextlib
import functools
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sysconfig
import threading
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NoReturn

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "start-stamp.json"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PLACE = {"root": str(ROOT), "python": "{}.{}".format(*sys.version_info)}
LOCK, LAB_LOCK, TEST_LOCK = "lock.txt", "lock-lab.txt", "lock-test.txt"
NOTHING_COLLECTED = 5  # of pytest
TICK = 0.2  # seconds between two looks at what pip has done
PLAIN_LINE_EVERY = 25  # ticks

DEBIAN_BROWSER = ("chromium", "fonts-liberation", "fonts-noto-core")
DEBIAN_OFFICE = ("libreoffice-calc-nogui",)
DEBIAN_JAVA = ("default-jre-headless",)
OLDEST_JAVA = 17  # that Spark runs on
OFFICES = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "${ProgramFiles}/LibreOffice/program/soffice.exe",
)


def language() -> str:
    """`--lang` of the command, else the locale: `ru` or `en`."""
    asked = re.search(r"--lang[ =](\w+)", " ".join(sys.argv))
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = asked[1] if asked else next(filter(None, named), "")
    return "ru" if spoken.lower().startswith("ru") else "en"


def text(key: str, **values: object) -> str:
    """A sentence in the person's language."""
    return sentences(language())[key].format(**values)


@functools.cache
def sentences(lang: str) -> dict[str, str]:
    """Everything this file says, in one language."""
    return tomllib.loads((ROOT / "playbook" / "knowledge" / lang / "setup.toml").read_text("utf-8"))


def say(line: str, end: str = "\n") -> None:
    """Speak on stderr: stdout belongs to the command that is about to run."""
    print(line, end=end, file=sys.stderr, flush=True)


def stop(key: str, saw: object, hint: str = "") -> NoReturn:
    """End with what went wrong, what was seen and what to do."""
    say(text("error", what=text(key), saw=saw, hint=text(hint or key + "_hint")))
    sys.exit(1)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the only right to change `.venv`; the pip we start shares it, so that it outlives a killed start."""
    try:
        handle = (ROOT / ".venv.lock").open("a+")
    except OSError as error:
        stop("no_write", error)
    with handle:
        os.set_inheritable(handle.fileno(), True)
        waited = False
        while not _taken(handle.fileno()):
            if not waited:
                say(text("waiting"))
            waited = True
            time.sleep(TICK)
        yield


def _taken(descriptor: int) -> bool:
    """Whether the lock is now ours; the system takes it back when the process ends, however it ends."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def fingerprint(lock: str) -> str:
    """What the environment is made from: the lock and the project's own facts."""
    return hashlib.sha256((ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def stamp() -> dict[str, str]:
    """What the environment was made from; empty when it is missing, unfinished, moved or of another Python."""
    try:
        read: dict[str, str] = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return read if PYTHON.exists() and PLACE.items() <= read.items() else {}


def prepare(lock: str) -> None:
    """Bring `.venv` to what `lock` says; the stamp is taken off first and put back last."""
    if stamp().get(lock) == fingerprint(lock):
        return
    with alone():
        if stamp().get(lock) == fingerprint(lock):
            return
        begun = time.monotonic()
        if not stamp():
            make_environment()
        STAMP.unlink(missing_ok=True)
        pip("--require-hashes", "--only-binary=:all:", "--no-deps", "-r", str(ROOT / lock), total=packages(lock))
        pip("--no-deps", "--no-build-isolation", "-e", str(ROOT))
        STAMP.write_text(json.dumps({**PLACE, **{name: fingerprint(name) for name in {LOCK, lock}}}), "utf-8")
        say(text("ready", seconds=round(time.monotonic() - begun)))


def packages(lock: str) -> int:
    """How many packages the lock names, those for other systems included."""
    return len(re.findall(r"^[\w.-]+==", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


def make_environment() -> None:
    """A new `.venv`, in place of whatever stood there."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        stop("no_venv", f"{sys.executable} ({PLACE['python']})")
    say(text("first", where=ROOT))
    base = getattr(sys, "_base_executable", None) or sys.executable
    run([base, "-m", "venv", "--clear", str(VENV)], text("venv"))


def pip(*arguments: str, total: int = 0) -> None:
    """Run the environment's pip; a package is compiled when it is first used, which spares a third of the wait."""
    quiet = ["--disable-pip-version-check", "--no-input", "--no-user", "--no-compile", "--progress-bar=off"]
    run([str(PYTHON), "-m", "pip", "install", *quiet, *arguments], text("fetching" if total else "finishing"), total)


def run(command: list[str], title: str, total: int = 0) -> None:
    """Run one command of the set-up and show how far it is; what it prints is shown only if it fails."""
    begun, tick, before, lines = time.monotonic(), 0, installed(), list[str]()
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    )  # fmt: skip
    reader = threading.Thread(target=lambda: lines.extend(map(str.rstrip, process.stdout or ())))
    reader.start()
    try:
        while process.poll() is None:
            tick += 1
            show(progress(title, total, lines, before), begun, plain=tick % PLAIN_LINE_EVERY == 0)
            time.sleep(TICK)
    finally:
        process.kill()
        reader.join()
    show(progress(title, total, lines, before), begun, last=True)
    if process.returncode:
        stop("failed", "\n              ".join(lines[-8:]))


def progress(title: str, total: int, lines: list[str], before: set[str]) -> str:
    """How far pip is, by the lines it has printed and the packages that lie whole in the environment."""
    if not total:
        return title
    listed = next((line for line in lines if line.startswith("Installing collected packages: ")), "")
    if listed:
        return text("count", title=text("installing"), done=len(installed() - before), total=listed.count(",") + 1)
    here = total - sum(line.startswith("Ignoring ") for line in lines)
    done = sum(line.startswith(("Collecting ", "Requirement already satisfied")) for line in lines)
    return text("count", title=title, done=done, total=here)


def installed() -> set[str]:
    """The packages that lie whole in the environment, with their versions."""
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV)}))
    return {record.parent.name for record in site.glob("*.dist-info/RECORD")}


def show(line: str, begun: float, plain: bool = False, last: bool = False) -> None:
    """One line that is rewritten; where nobody watches a terminal, a `plain` line now and then."""
    line = f"{line}, {time.monotonic() - begun:.0f} {text('seconds')}"
    if sys.stderr.isatty():
        say(f"\r{line:<78}", end="\n" if last else "")
    elif plain or last:
        say(line)


def find_browser() -> str:
    """The Chromium, Chrome or Edge of this machine; `PLAYBOOK_BROWSER` names another. Empty when there is none."""
    if "PLAYBOOK_BROWSER" in os.environ:
        return shutil.which(os.environ["PLAYBOOK_BROWSER"]) or ""
    known = tomllib.loads((ROOT / "playbook" / "report" / "browsers.toml").read_text("utf-8"))
    named = (shutil.which(name) for name in known["names"])
    placed = (place for place in map(os.path.expandvars, known["places"]) if Path(place).is_file())
    return next(filter(None, [*named, *placed]), "")


def find_office() -> str:
    """The LibreOffice of this machine; `PLAYBOOK_OFFICE` names another. Empty when there is none."""
    if "PLAYBOOK_OFFICE" in os.environ:
        return shutil.which(os.environ["PLAYBOOK_OFFICE"]) or ""
    return next(filter(None, map(shutil.which, map(os.path.expandvars, OFFICES))), "")


def need_browser() -> str:
    """A browser for the tests."""
    return need("browser", find_browser, DEBIAN_BROWSER)


def need_office() -> str:
    """A LibreOffice for the long proofs: it computes every formula of our workbooks again."""
    return need("office", find_office, DEBIAN_OFFICE)


def find_java() -> str:
    """A Java of this machine that Spark runs on; `PLAYBOOK_JAVA` names another. Empty when there is none."""
    home = os.environ.get("JAVA_HOME")
    chosen = os.environ.get("PLAYBOOK_JAVA") or (str(Path(home) / "bin" / "java") if home else "java")
    found = shutil.which(chosen) or ""
    said = subprocess.run([found, "-version"], capture_output=True, encoding="utf-8", check=False) if found else None
    version = re.search(r'version "(\d+)', said.stderr) if said else None
    return found if version and int(version[1]) >= OLDEST_JAVA else ""


def need_java() -> str:
    """A Java for the long proofs: Spark answers every definition on it."""
    return need("java", find_java, DEBIAN_JAVA)


def need(kind: str, find: Callable[[], str], debian: Iterable[str]) -> str:
    """A program for the tests, installed where Debian's tools and the right to use them are at hand."""
    found, chosen = find(), os.environ.get(f"PLAYBOOK_{kind.upper()}")
    if not found and chosen is None and shutil.which("apt-get") and os.geteuid() == 0:
        run(["apt-get", "update"], text(kind))
        run(["apt-get", "install", "-y", "--no-install-recommends", *debian], text(kind))
        found = find()
    if not found:
        stop(f"no_{kind}", chosen or text(f"no_{kind}_saw"))
    return found


def check(kind: str, words: list[str]) -> NoReturn:
    """Run the tests (`test`) or the long proofs (`prove`); further words go to pytest."""
    os.environ["PLAYBOOK_BROWSER"] = need_browser()
    if kind == "prove":
        os.environ["PLAYBOOK_OFFICE"] = need_office()
        os.environ["PLAYBOOK_JAVA"] = need_java()
    prepare(TEST_LOCK)
    chosen = ["-m", "prove"] if kind == "prove" else ["-m", "not prove", "-n", "2", "--dist", "loadfile"]
    code = wait([str(PYTHON), "-m", "pytest", "--durations=10", *chosen, *words], ROOT)
    if code == NOTHING_COLLECTED:
        stop("no_tests", " ".join(["pytest", *chosen, *words]))
    sys.exit(code)


def wait(command: list[str], folder: Path | None = None) -> int:
    """Run a command to its end; it hears Ctrl-C by itself and may take its time."""
    process = subprocess.Popen(command, cwd=folder)
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            return process.wait()


def called(place: str) -> str:
    """What was typed to start this file, for the words that tell a person what to type next."""
    return f"{'py' if os.name == 'nt' else 'python3'} " + (f'"{place}"' if " " in place else place)


def commanded(words: list[str]) -> list[str]:
    """The words from the command on: `--lang ru` may stand before it, too."""
    if words[:1] == ["--lang"]:
        return words[2:]
    return words[1:] if words and words[0].startswith("--lang=") else words


def main() -> None:
    """Make ready, then become the command."""
    words = sys.argv[1:]
    asked, *further = commanded(words) or [""]
    try:
        if asked in ("test", "prove"):
            check(asked, further)
        prepare(LAB_LOCK if asked == "lab" else LOCK)
    except KeyboardInterrupt:
        say("\n" + text("stopped"))
        sys.exit(130)
    os.environ["PLAYBOOK_COMMAND"] = called(sys.argv[0])
    command = [str(PYTHON), "-P", "-m", "playbook", *words]
    if os.name == "nt":
        sys.exit(wait(command))
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
