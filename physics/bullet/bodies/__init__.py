"""Bodies as Bullet knows them: shapes, and how it is told to solve."""
