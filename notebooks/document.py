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
    key = ""
    return (key,)


@app.cell
def chosen(key):
    from playbook.ui import marimo as ui

    step = ui.document(key)
    changed, rebuilt = step.changed, step.rebuilt
    return changed, rebuilt, step


@app.cell
def opening(step):
    step.opening()
    return


@app.cell
def inputs(rebuilt, step):
    rebuilt()
    step.form()
    return


@app.cell
def answer(changed, step):
    changed()
    step.answer()
    return


@app.cell
def listening(changed, step):
    changed()
    step.listening()
    return


@app.cell
def exports(step):
    step.exports()
    return


@app.cell
def below(changed, step):
    changed()
    step.below()
    return


@app.cell
def onward(changed, step):
    changed()
    step.onward()
    return


if __name__ == "__main__":
    app.run()
