"""Home, language, workspaces and the pages of refusal and failure."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from playbook import recent, report
from playbook.app import render, server
from playbook.app.desk import Desk
from playbook.i18n import NBSP
from playbook.workspace import FILE, Workspace
from tests.app.conftest import ORIGIN, Enter, under

OWN = {"origin": ORIGIN}


def home(client: TestClient) -> str:
    """The home page behind the first visit's redirect."""
    answer = client.get("/")
    return answer.text if answer.status_code == 200 else client.get("/").text


def test_first_visit_leads_to_ten_questions(client: TestClient, workspace: Workspace) -> None:
    """Once, and only while nothing is answered; afterwards home is home."""
    first, second = client.get("/"), client.get("/")
    assert (first.status_code, first.headers["location"]) == (303, f"{under(workspace)}/step/start/")
    assert second.status_code == 200


def test_answered_workspace_opens_at_home(client: TestClient, workspace: Workspace) -> None:
    """Someone who has begun is not sent back to the ten questions."""
    workspace.save("goal", "objective", "sales_now")
    assert client.get("/").status_code == 200


def test_empty_workspace_has_a_home(client: TestClient) -> None:
    """Nothing answered: the ten questions come next, all seven steps are ahead."""
    html = home(client)
    assert "Begin with ten questions" in html
    assert html.count('class="st" data-s="todo"') == 9
    assert re.search(r'class="big pb-n">0<span> of 10', html)


def test_no_number_stands_twice_on_the_path(client: TestClient) -> None:
    """Ten and twenty questions, seven steps, thirty days; the week has a sign."""
    path = home(client).partition('<ol class="path">')[2].partition("</ol>")[0]
    numbers = re.findall(r'class="pb-dot"[^>]*>(\d+)<', path)
    assert numbers == ["1", "2", "3", "4", "5", "6", "7", "30"]


def test_name_of_workspace_is_escaped(client: TestClient) -> None:
    """A script in the name is shown as words."""
    html = home(client)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in html


def test_growth_points_show_their_reasons(client: TestClient, workspace: Workspace) -> None:
    """All twenty criteria at 0: 0 of 40 against the mark at half, and three points."""
    from playbook import texts

    for criterion in texts.load("maturity.toml", "en")["criteria"]:
        workspace.save("maturity", f"answers/{criterion['id']}", 0)
    html = home(client)
    assert "Three growth points" in html
    assert html.count('<p class="tag">') == 3
    assert '<b style="left:50.0%">' in html


def test_goal_stands_in_the_plan(client: TestClient, workspace: Workspace) -> None:
    """40 clients in 60 days at 30% of leads paying take ceil(40 / 0.3) = 134 leads."""
    asked = {"objective": "sales_now", "horizon_days": 60, "target_customers": 40, "average_order_value": 100}
    rates = {"gross_margin": 0.5, "visit_to_lead": 0.05, "lead_to_sale": 0.3, "cost_per_visit": 1}
    for name, value in {**asked, **rates}.items():
        workspace.save("goal", name, value)
    html = home(client).replace("\u00a0", " ")
    assert "+40 clients in 60 days" in html
    assert '<dd class="pb-n">134</dd>' in html
    assert "1 step of seven is ready." in html


@pytest.mark.parametrize(
    ("language", "said"), [("ru", "Начните с десяти вопросов"), ("en", "Begin with ten questions")]
)
def test_language_switch_goes_back(client: TestClient, workspace: Workspace, language: str, said: str) -> None:
    """The choice is saved in the workspace and in a cookie, and the same page comes again."""
    answer = client.get(f"/lang/{language}", params={"next": "/step/start/"})
    assert answer.headers["location"] == "/step/start/"
    assert f"{render.LANGUAGE_COOKIE}={language}" in answer.headers["set-cookie"]
    assert workspace.setting("language") == language
    html = home(client)
    assert f'<html lang="{language}">' in html
    assert said.partition(" ")[0] in html


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "", "javascript:alert(1)", "/\r\nx: y"]
)
def test_language_switch_never_leads_away(client: TestClient, workspace: Workspace, target: str) -> None:
    """Going back means a page of our own."""
    assert client.get("/lang/ru", params={"next": target}).headers["location"] == f"{under(workspace)}/"


def test_unknown_language_is_no_page(client: TestClient, workspace: Workspace) -> None:
    """Nothing is saved for a language there is not."""
    assert client.get("/lang/de").status_code == 404
    assert workspace.setting("language") == "en"


def test_language_changes_where_nothing_can_be_written(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace that may only be read still speaks the other language."""
    from playbook.errors import WorkspaceReadOnly

    def refused(*_: object) -> None:
        raise WorkspaceReadOnly("read only")

    monkeypatch.setattr(Workspace, "set_setting", refused)
    assert client.get("/lang/ru").status_code == 303
    assert '<html lang="ru">' in home(client)


def test_new_workspace_begins_with_ten_questions(client: TestClient, state: Path) -> None:
    """A clean one in this machine's own folder; the old one is untouched."""
    home(client)
    answer = client.post("/workspace/new", data={"name": "Студия «Лён» / 2"}, headers=OWN)
    made = Workspace.open(recent.listed()[0])
    assert answer.headers["location"] == f"{under(made)}/"
    assert client.get("/").headers["location"] == f"{under(made)}/step/start/"
    assert "Студия «Лён» / 2</span>" in client.get("/").text
    assert made.setting("name") == "Студия «Лён» / 2"
    assert made.path.parent == (state / "workspaces").resolve()


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_unusable_name_is_explained(client: TestClient, name: str) -> None:
    """Empty, blank or over 200 characters: what, saw and hint, the whole of it in the field, and nothing is made."""
    answer = client.post("/workspace/new", data={"name": name}, headers=OWN)
    assert answer.status_code == 400
    assert "A name of 1 to 200 characters is needed." in answer.text.replace(NBSP, " ")
    assert f'value="{name}" aria-invalid="true"' in answer.text
    assert recent.listed() == []


def test_sample_firm_is_a_copy(client: TestClient, workspace: Workspace) -> None:
    """The sample opens beside the person's own workspace, which can be opened again."""
    recent.remember(workspace)
    assert client.post("/workspace/sample", data={"sample": "ecommerce"}, headers=OWN).status_code == 303
    html = client.get("/").text
    mark = re.search(r'name="mark" value="(\w+)"', html)
    assert mark
    client.post("/workspace/open", data={"mark": mark[1]}, headers=OWN)
    assert "&lt;script&gt;" in home(client)


def test_sample_firm_is_copied_once(client: TestClient) -> None:
    """Its card opens the copy that is there; another one is made when asked for."""
    shop = {"sample": "ecommerce"}
    for sent in (shop, shop, {**shop, "anew": "yes"}):
        assert client.post("/workspace/sample", data=sent, headers=OWN).status_code == 303
    assert [path.name for path in recent.listed()] == ["ecommerce-2", "ecommerce"]
    assert "Begin this example anew" in home(client)


def test_foreign_page_cannot_make_workspaces(client: TestClient) -> None:
    """A form of another site does nothing."""
    answer = client.post("/workspace/new", data={"name": "x"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert recent.listed() == []


def test_report_comes_as_a_file(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the report room writes, under a dated name."""
    monkeypatch.setattr(report, "html", lambda _workspace, language, _parts: f"report in {language}")
    answer = client.get("/report")
    assert answer.text == "report in en"
    assert re.fullmatch(r'attachment; filename="report-\d{4}-\d\d-\d\d\.html"', answer.headers["content-disposition"])


@pytest.mark.parametrize(("language", "said"), [("en", "There is no such page."), ("ru", "Такой страницы нет.")])
def test_missing_page_is_told_in_words(client: TestClient, workspace: Workspace, language: str, said: str) -> None:
    """In the reader's language, with the way home."""
    client.get(f"/lang/{language}")
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert said in answer.text
    assert f'href="{under(workspace)}/"' in answer.text


def test_damaged_workspace_is_told_in_words(client: TestClient, workspace: Workspace) -> None:
    """What, saw and hint instead of a home page; the file is left as it is."""
    home(client)
    (workspace.path / FILE).write_bytes(b"not a database")
    answer = client.get("/")
    assert answer.status_code == 409
    assert "damaged" in answer.text
    assert (workspace.path / FILE).read_bytes() == b"not a database"


def test_unforeseen_fault_shows_no_traceback(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A calm page; the details are the log's."""
    monkeypatch.setattr(server.home, "of", lambda _walk: 1 / 0)
    app = server.build(desk, server.hosts(2718), tmp_path)
    client = TestClient(app, base_url=ORIGIN, raise_server_exceptions=False)
    client.get("/", params={"token": desk.token})
    answer = client.get("/")
    assert answer.status_code == 500
    assert "What you have saved is safe." in answer.text
    assert "Traceback" not in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_security_headers_are_on_every_answer(enter: Enter) -> None:
    """Pages, refusals and files alike; no permission for other origins anywhere."""
    client = enter()
    for answer in (client.get("/nowhere"), enter(known=False).get("/"), client.get("/health")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_health_answers_without_a_cookie(enter: Enter) -> None:
    """For whoever waits until the server is there; it tells nothing else."""
    assert enter(known=False).get("/health").text == "ok"


def test_every_sentence_has_its_russian() -> None:
    """Each `t("app", ...)` and `tn("app", ...)` of code and templates is in the catalogue, and none is left over."""
    folder = Path(server.__file__).parent
    code = "\n".join(file.read_text("utf-8") for file in [*folder.glob("*.py"), *folder.glob("pages/*.html")])
    said = set(re.findall(r'\bt[n]?\(\s*"app",\s*"((?:[^"\\]|\\.)*)"', code))
    from playbook.i18n import translated

    assert len(said) > 80
    assert [text for text in said if not translated("app", text, "ru")] == []
    catalogue = (folder.parent / "locale" / "ru" / "app.po").read_text("utf-8")
    assert set(re.findall(r'^msgid "(.+)"$', catalogue, re.MULTILINE)) - said == set()


def test_home_says_until_when_channels_are_not_judged(client: TestClient, workspace: Workspace) -> None:
    """Work that began today: the day from which on channels may be judged, with the way to all dates."""
    assert "Too early to judge channels" not in home(client)
    workspace.save("thirty-days", "start", datetime.now().astimezone().date().isoformat())
    html = home(client)
    assert "Too early to judge channels. Channels may be judged from" in html
    assert f'<a href="{under(workspace)}/step/timeline/">' in html
