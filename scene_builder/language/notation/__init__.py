"""The line notation that small models write: written, read, and the grammar to decode under."""
