"""Bodies as Bullet knows them: shapes, principal axes, motions and touches."""
