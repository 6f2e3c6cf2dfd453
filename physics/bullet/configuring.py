"""A Bullet client told how to solve, before anything is in it."""

from physics.bullet.bodies.options import BulletOptions
from physics.bullet.engine import pybullet
from scene_builder.model.stage import Stage


def configure(stage: Stage, options: BulletOptions, step_secs: float, client: int) -> None:
    """Set a client's solver and its gravity.

    Args:
        stage: What it is for.
        options: How it is to solve.
        step_secs: Length of a step [s].
        client: Physics client.
    """
    scale = options.length_scale
    pybullet.setPhysicsEngineParameter(
        fixedTimeStep=step_secs,
        numSubSteps=0,
        numSolverIterations=options.iterations,
        solverResidualThreshold=options.residual * scale * scale,
        useSplitImpulse=1,
        splitImpulsePenetrationThreshold=0.0,
        contactERP=options.contact_erp,
        erp=options.joint_erp,
        contactBreakingThreshold=options.contact_margin,
        contactSlop=0.0,
        deterministicOverlappingPairs=1,
        enableFileCaching=0,
        enableSAT=1,
        physicsClientId=client,
    )
    pybullet.setGravity(*(stage.gravity * scale).tolist(), physicsClientId=client)
