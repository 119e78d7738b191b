"""Show articles in a terminal, a notebook and a spreadsheet program, for `make_gallery.py`."""

from __future__ import annotations

import html
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from geoclaims import Article
from geoclaims.interop import write_csv

COLUMNS: Final = 80
LINES: Final = 46

TERMINAL: Final = """\
<!doctype html><meta charset="utf-8"><style>
  :root {{ color-scheme: light dark }}
  body {{ margin: 0; background: light-dark(#fff, #16181c); color: light-dark(#1b1f24, #dde1e6) }}
  pre {{ margin: 0; padding: 14px 18px; font: 14px/1.35 "DejaVu Sans Mono", monospace; width: {columns}ch }}
  .bold {{ font-weight: bold }}
  .faint {{ opacity: 0.65 }}
</style><pre>{text}</pre>"""

CELLS: Final = (
    'from geoclaims import load_article\narticle = load_article()\narticle.statement("troops-sent")',
    "article",
)
"""The code of the notebook."""

# Names by which LibreOffice knows its schemes and the theme of GTK that goes with each.
APPEARANCES: Final = {"light": ("1", "Adwaita"), "dark": ("2", "Adwaita:dark")}
SETTINGS: Final = {
    "Office.Common/Appearance": {"ApplicationAppearance": "{appearance}"},
    "Office.Common/Misc": {"ShowTipOfTheDay": "false", "FirstRun": "false"},
    "Setup/Product": {"ooSetupLastVersion": "25.2", "LastTimeGetInvolvedShown": "4102444800"},
    "Setup/Office/Factories/org.openoffice.Setup:Factory['com.sun.star.sheet.SpreadsheetDocument']": {
        "ooSetupFactoryWindowAttributes": "0,0,{width},{height};1;0,0,{width},{height};",
    },
}
WIDTH: Final = 980
HEIGHT: Final = 440
AS_TEXT: Final = "Text - txt - csv (StarCalc):44,34,76,1,,0,true,false"
"""The filter by which LibreOffice reads comma-separated text in UTF-8 and takes quoted fields for text."""

PATIENCE: Final = 60
"""The seconds that a program may take until its window stops changing; on two busy cores it took twenty."""


def terminal_text(file: Path) -> str:
    """Run `geoclaims show` in a terminal and give the first lines that it prints, with their escape sequences."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "geoclaims", "show", str(file)]
    with subprocess.Popen(command, stdin=follower, stdout=follower, env=environment) as process:
        os.close(follower)
        with os.fdopen(leader, "rb") as output:
            printed = b"".join(iter(lambda: read_from(output), b""))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    lines = printed.decode().replace("\r\n", "\n").split("\n")[:LINES]
    return "\n".join([f"$ geoclaims show {file.name}", *lines])


def read_from(output) -> bytes:  # noqa: ANN001  a raw file, whose type Python does not name
    """Read what a terminal prints; on Linux its end is an error."""
    try:
        return output.read(1024)
    except OSError:
        return b""


def terminal_page(text: str) -> str:
    """Make a page that looks like a terminal, from what was printed."""
    shown = html.escape(text, quote=False)
    for parameter, name in (("1", "bold"), ("2", "faint")):
        shown = re.sub(f"\x1b\\[{parameter}m(.*?)\x1b\\[0m", f'<span class="{name}">\\1</span>', shown)
    return TERMINAL.format(columns=COLUMNS, text=shown)


def notebook_page(scheme: str) -> str:
    """Run the cells of the notebook, and make a page of it in one of Jupyter's schemes."""
    import nbformat
    from nbconvert import HTMLExporter
    from nbconvert.preprocessors import ExecutePreprocessor

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    ExecutePreprocessor(timeout=PATIENCE, kernel_name="python3").preprocess(notebook)
    page, _ = HTMLExporter(theme=scheme).from_notebook_node(notebook)
    return page


def spreadsheet_picture(article: Article, scheme: str) -> bytes:
    """Open the statements of an article in LibreOffice Calc, on a virtual screen, and take a picture."""
    from PIL import ImageGrab

    appearance, theme = APPEARANCES[scheme]
    with TemporaryDirectory() as folder, screen() as display:
        write_csv(Path(folder, "claims"), [article])
        profile = Path(folder, "profile", "user")
        profile.mkdir(parents=True)
        settings = settings_of_office(appearance=appearance, width=WIDTH - 2, height=HEIGHT - 2)
        (profile / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
        environment = {**os.environ, "DISPLAY": display, "SAL_USE_VCLPLUGIN": "gtk3", "GTK_THEME": theme}
        arguments = [f"-env:UserInstallation={profile.parent.as_uri()}", "--norestore", "--nologo", "--calc"]
        command = ["soffice", *arguments, f"--infilter={AS_TEXT}", str(Path(folder, "claims", "statements.csv"))]
        with running(command, environment):
            before = None
            for _ in range(PATIENCE // 3):
                time.sleep(3)
                picture = ImageGrab.grab(xdisplay=display)
                # An empty screen has one colour, the start of the program a few.
                if picture == before and len(picture.getcolors(1 << 24)) > 100:
                    break
                before = picture
            else:
                raise TimeoutError(command[0])
    buffer = BytesIO()
    picture.save(buffer, "png")
    return buffer.getvalue()


def settings_of_office(**values: object) -> str:
    """Write settings as LibreOffice keeps them."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value.format(**values)}</value></prop></item>"
        for path, settings in SETTINGS.items()
        for name, value in settings.items()
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


@contextmanager
def screen() -> Iterator[str]:
    """Start a virtual screen, and return its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
    with running(command, os.environ, pass_fds=(writing,)):
        os.close(writing)
        with os.fdopen(reading) as number:
            yield f":{number.readline().strip()}"


@contextmanager
def running(command: list[str], environment, **options) -> Iterator[None]:  # noqa: ANN001, ANN003
    """Run a program, and end it with all its child processes."""
    process = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.DEVNULL, **options)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
