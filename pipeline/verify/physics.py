"""Whether the motion kept the laws: the certificate, as claims and figures."""

from dataclasses import replace

from physics.certificate import LAWS, Certificate, Check, Law, certify
from physics.certifying.halving import halved
from physics.outcomes import judge_all
from physics.simulator import Simulator
from physics.trajectory import Trajectory
from pipeline.verify.report import Claim, Figure, Status, status_of
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage

_TEXTS: dict[Law, str] = {
    "free fall": "what flies falls as gravity demands",
    "fallen distance": "what falls falls as far as it must",
    "energy": "no mechanical energy comes from nowhere",
    "momentum": "what collides gives on its momentum in full",
    "cause": "every change of velocity has a cause",
    "friction cone": "friction keeps within Coulomb's cone",
    "overlap": "solid things do not pass through each other",
    "overlap time": "what is pressed together is soon apart",
    "rest": "what rests does not drift",
    "support": "what rests is carried by something",
    "hovering": "nothing stands still in the air",
    "place of touch": "what touches meets at its surface",
    "continuity": "nothing jumps",
    "permanence": "nothing vanishes",
    "bounds": "nothing leaves the world",
    "joints": "joints hold",
    "step halving": "half the physics step gives the same film",
}


def judge_physics(
    stage: Stage,
    trajectory: Trajectory,
    simulator: Simulator | None = None,
    graph: SceneGraph | None = None,
) -> tuple[tuple[Claim, ...], tuple[Figure, ...], Status]:
    """Return one claim for each law that the motion puts to the test, all figures, and the verdict.

    Args:
        stage: What is there.
        trajectory: How it moves.
        simulator: Moves it once more with half the step; None leaves that out.
        graph: Whose outcomes should be the same then; None does not look.
    """
    certificate = certify(stage, trajectory)
    if simulator is not None:
        check = _halved(stage, trajectory, simulator, graph)
        certificate = Certificate(checks=(*certificate.checks, check))
    claims = [_claim(law, _TEXTS[law], certificate) for law in LAWS]
    figures = tuple(
        Figure(
            name=f"{check.law}: {check.subject}",
            value=check.measured if check.covered else None,
            unit="" if check.unit == "1" else check.unit,
            limit=check.limit if check.covered else None,
            ok=check.ok,
            text=check.text,
            covered=check.covered,
        )
        for check in certificate.checks
    )
    told = tuple(claim for claim in claims if claim is not None)
    return told, figures, status_of(certificate.ok)


def _halved(
    stage: Stage, trajectory: Trajectory, simulator: Simulator, graph: SceneGraph | None
) -> Check:
    """Return how far half the step moves the motion, and whether the outcomes are the same."""
    halving = halved(stage, trajectory, simulator)
    if halving.motion is None or graph is None or not graph.outcomes:
        return halving.check
    before, after = (judge_all(graph, stage, m) for m in (trajectory, halving.motion))
    other = sum(one.holds != two.holds for one, two in zip(before, after, strict=True))
    said = f"{other} of {len(before)} outcomes differ" if other else "every outcome is the same"
    return replace(halving.check, text=f"{halving.check.text}; {said}")


def _claim(law: Law, text: str, certificate: Certificate) -> Claim | None:
    worst = certificate.worst(law)
    if worst is None:
        return _open(law, text, certificate)
    count = sum(check.law == law and check.covered for check in certificate.checks)
    more = f" (the worst of {count})" if count > 1 else ""
    return Claim(
        kind="physics",
        source=f"physics.{law.replace(' ', '_')}",
        text=text,
        status=status_of(worst.ok),
        evidence=f"{worst.text}{more}",
        margin=1 - worst.measured / worst.limit if worst.limit > 0 else None,
    )


def _open(law: Law, text: str, certificate: Certificate) -> Claim | None:
    """Return the claim of a law that says nothing about anything in this film."""
    rows = [check for check in certificate.checks if check.law == law]
    if law != "step halving" or not rows:
        return None
    return Claim(
        kind="physics", source=f"physics.{law.replace(' ', '_')}", text=text,
        status=status_of(None), evidence=rows[0].text,
    )  # fmt: skip
