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
    from playbook.ui import marimo as ui

    step = ui.step("week")
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
    box = step.decision()
    step.decided(box)
    return


@app.cell
def rest(form, step):
    step.rest(form.value)
    return


if __name__ == "__main__":
    app.run()
