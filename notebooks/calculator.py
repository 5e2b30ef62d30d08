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

    step = ui.calculator(key)
    rebuilt = step.rebuilt
    return rebuilt, step


@app.cell
def opening(step):
    step.opening()
    return


@app.cell
def inputs(rebuilt, step):
    rebuilt()
    form = step.form()
    step.layout(form)
    return (form,)


@app.cell
def answer(form, step):
    step.answer(form.value)
    return


@app.cell
def below(form, step):
    step.below(form.value)
    return


@app.cell
def decide(step):
    step.back()
    return


if __name__ == "__main__":
    app.run()
