//! Updates that write only the columns whose value changed, so that only their indexes are touched.

use sea_orm::{ActiveModelTrait, EntityTrait, Iterable};

/// Takes from the row `after` every value that the row `before` has already.
pub(crate) fn keep_changes<A: ActiveModelTrait>(mut after: A, before: &A) -> A {
    for column in <A::Entity as EntityTrait>::Column::iter() {
        if after.get(column).into_value() == before.get(column).into_value() {
            after.not_set(column);
        }
    }
    after
}
