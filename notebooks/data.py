# /// script
# requires-python = ">=3.11"
# [tool.marimo.display]
# theme = "system"
# ///
import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full")


@app.cell
def setup():
    from playbook.ui import marimo_data as ui

    page = ui.data()
    rebuilt = page.rebuilt
    return page, rebuilt


@app.cell
def opening(page):
    page.opening()
    return


@app.cell
def inputs(page, rebuilt):
    rebuilt()
    upload = page.upload()
    page.uploading(upload)
    return


@app.cell
def pasting(page, rebuilt):
    rebuilt()
    page.pasting()
    return


@app.cell
def answer(page, rebuilt):
    rebuilt()
    page.files()
    return


@app.cell
def below(page, rebuilt):
    rebuilt()
    page.imported()
    return


if __name__ == "__main__":
    app.run()
