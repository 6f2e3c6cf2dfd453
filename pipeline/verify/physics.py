"""Whether the motion kept the laws: the certificate, as claims and figures."""

from physics.certificate import Certificate, Law, certify
from physics.trajectory import Trajectory
from pipeline.verify.report import Claim, Figure, status_of
from scene_builder.model.stage import Stage

_TEXTS: dict[Law, str] = {
    "free fall": "what flies falls as gravity demands",
    "fallen distance": "what falls falls as far as it must",
    "energy": "no mechanical energy comes from nowhere",
    "overlap": "solid things do not pass through each other",
    "rest": "what rests does not drift",
    "support": "what rests is carried by something",
}


def judge_physics(
    stage: Stage, trajectory: Trajectory
) -> tuple[tuple[Claim, ...], tuple[Figure, ...]]:
    """Return one claim for each law that the motion puts to the test, and all figures."""
    certificate = certify(stage, trajectory)
    claims = [_claim(law, text, certificate) for law, text in _TEXTS.items()]
    figures = tuple(
        Figure(
            name=f"{check.law}: {check.subject}",
            value=check.measured,
            unit="" if check.unit == "1" else check.unit,
            limit=check.limit,
            ok=check.ok,
        )
        for check in certificate.checks
    )
    return tuple(claim for claim in claims if claim is not None), figures


def _claim(law: Law, text: str, certificate: Certificate) -> Claim | None:
    worst = certificate.worst(law)
    if worst is None:
        return None
    count = sum(check.law == law for check in certificate.checks)
    more = f" (the worst of {count})" if count > 1 else ""
    return Claim(
        kind="physics",
        source=f"physics.{law.replace(' ', '_')}",
        text=text,
        status=status_of(worst.ok),
        evidence=f"{worst.text}{more}",
        margin=1 - worst.measured / worst.limit if worst.limit > 0 else None,
    )
