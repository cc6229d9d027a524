"""unbroadcast: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import AsDrawn, Exercise, Numbers, RightAnswers

from ._shared import SIZES

right = RightAnswers(__file__)

STRETCHED = 'See 6.4, "Undoing a broadcast".'

unbroadcast = Exercise(
    "unbroadcast",
    care=("unchanged", "float32", "views"),
    stages=(
        (
            ("unbroadcast",),
            f"""Write shape below the shape of dz, both ending at the right. Which axes are missing in shape, which
            have 1 there? All of these are added up; the second kind stays, with size 1. {STRETCHED}""",
        ),
    ),
)


def stretched_to(rng, letters, shape):
    """A gradient with one axis for each letter, and the shape it is to go back to, in letters and ones."""
    size = dict(zip("anm", map(int, rng.permutation(SIZES)[:3])), **{"1": 1})
    return dict(dz=rng.normal(size=[size[k] for k in letters]), shape=tuple(size[k] for k in shape))


@unbroadcast.draw(times=1)
def one_axis_added(rng):
    return stretched_to(rng, "nm", "m")


@unbroadcast.draw(times=1)
def last_axis_stretched(rng):
    return stretched_to(rng, "nm", "n1")


@unbroadcast.draw(times=1)
def first_axis_stretched(rng):
    return stretched_to(rng, "nm", "1m")


@unbroadcast.draw(times=1)
def two_axes_added(rng):
    return stretched_to(rng, "anm", "m")


@unbroadcast.draw(times=1)
def added_and_stretched(rng):
    return stretched_to(rng, "anm", "n1")


@unbroadcast.draw(times=1)
def added_and_first_stretched(rng):
    return stretched_to(rng, "anm", "1m")


@unbroadcast.draw(times=1)
def middle_axis_stretched(rng):
    return stretched_to(rng, "anm", "a1m")


@unbroadcast.draw(times=1)
def two_axes_stretched(rng):
    return stretched_to(rng, "anm", "1n1")


@unbroadcast.draw(times=1)
def one_entry(rng):
    return stretched_to(rng, "nm", "11")


@unbroadcast.draw(times=1)
def single_number(rng):
    return stretched_to(rng, "nm", "")


@unbroadcast.draw(times=1)
def nothing_stretched(rng):
    return stretched_to(rng, "nm", "nm")


@unbroadcast.draw(times=1)
def ones_on_both_sides(rng):
    return stretched_to(rng, "n1", "n1")


@unbroadcast.draw(times=1)
def a_one_added(rng):
    return stretched_to(rng, "1m", "m")


@unbroadcast.draw(times=1, care="axes of equal size")
def equal_and_added(rng):
    return stretched_to(rng, "nn", "n")


@unbroadcast.draw(times=1, care="axes of equal size")
def equal_and_stretched(rng):
    return stretched_to(rng, "nn", "n1")


@unbroadcast.draw(times=1, care="axes of equal size")
def equal_and_both(rng):
    return stretched_to(rng, "nnn", "1n")


unbroadcast.corners(
    base=lambda rng: dict(dz=rng.normal(size=(2, 3, 4)), shape=(3, 1)),
    dz=Numbers(),
    shape=AsDrawn("it belongs to the shape of dz; axes of equal size are an aspect of care"),
)


@unbroadcast.corners.at("three axes")
def four_axes(rng):
    return dict(dz=rng.normal(size=(2, 1, 3, 2)).round(2), shape=(1, 3, 1))


@unbroadcast.corners.at("called again")
def to_a_row(rng):
    return dict(dz=np.arange(6.0).reshape(2, 3), shape=(1, 3))


@unbroadcast.corners.at("called again")
def to_a_column(rng):
    return dict(dz=np.arange(6.0).reshape(2, 3), shape=(2, 1))


@unbroadcast.corners.at("equal sizes")
def already_a_square(rng):
    return dict(dz=np.arange(4.0).reshape(2, 2), shape=(2, 2))


@unbroadcast.corners.at("called again")
def already_a_row(rng):
    return dict(dz=np.arange(3.0)[None], shape=(1, 3))


@unbroadcast.differentiates(upstream="dz", wrt="x", at=lambda shape: dict(x=np.zeros(shape)))
def stretched(x):
    return x  # the sum of dz * x stretches x by itself


unbroadcast.wrong(
    "upstream-ignored",
    f"""This counts the copies. How much each copy matters is said by dz: add its entries in place of ones.
    {STRETCHED}""",
    lambda dz, shape: np.full(shape, dz.size / np.prod(shape)),
)

unbroadcast.wrong(
    "not-summed",
    f"""This is dz as it arrived. A gradient has the shape of what it belongs to: add up what was stretched.
    {STRETCHED}""",
    lambda dz, shape: dz * 1.0,
)

unbroadcast.wrong(
    "averaged",
    f"It looks as if the copies were averaged. Each copy acts on the loss, so their gradients add. {STRETCHED}",
    lambda dz, shape: right.unbroadcast(dz, shape) * np.prod(shape) / dz.size,
)


@unbroadcast.wrong(
    "first-copy-only",
    f"""It looks as if the first copy alone were taken. All copies are one number that is used again and again:
    their gradients add. {STRETCHED}""",
)
def first_copy_only(dz, shape):
    for _ in range(dz.ndim - len(shape)):
        dz = dz[0]
    for k, size in enumerate(shape):
        if size == 1:
            dz = np.take(dz, [0], axis=k)
    return dz


@unbroadcast.wrong(
    "largest-copy",
    f"""It looks as if the largest copy were taken. That is how a maximum passes a gradient on; a copy adds.
    {STRETCHED}""",
)
def largest_copy(dz, shape):
    for _ in range(dz.ndim - len(shape)):
        dz = dz.max(axis=0)
    for k, size in enumerate(shape):
        if size == 1:
            dz = dz.max(axis=k, keepdims=True)
    return dz


@unbroadcast.wrong(
    "leading-axes-only",
    f"""The axes that were added in front are summed; axes of size 1 in shape, which were stretched, are not.
    {STRETCHED}""",
)
def leading_axes_only(dz, shape):
    while dz.ndim > len(shape):
        dz = dz.sum(axis=0)
    return dz


@unbroadcast.wrong(
    "one-leading-axis",
    f"""It looks as if one added axis at most were summed. There can be several: (A, N, M) from (M,) has two.
    {STRETCHED}""",
)
def one_leading_axis(dz, shape):
    if dz.ndim > len(shape):
        dz = dz.sum(axis=0)
    for k, size in enumerate(shape):
        if size == 1:
            dz = dz.sum(axis=k, keepdims=True)
    return dz


@unbroadcast.wrong(
    "stretched-axes-only",
    f"""Axes of size 1 are summed; axes that were added in front are not, and are still there. {STRETCHED}""",
)
def stretched_axes_only(dz, shape):
    added = dz.ndim - len(shape)
    for k, size in enumerate(shape):
        if size == 1:
            dz = dz.sum(axis=added + k, keepdims=True)
    return dz


@unbroadcast.wrong(
    "front-not-summed",
    f"""Axes are counted from the left here, and those that were added in front are still there. First add up the axes
    in front; then the axes of both shapes have the same numbers. {STRETCHED}""",
)
def front_not_summed(dz, shape):
    for k, size in enumerate(shape):
        if size == 1:
            dz = dz.sum(axis=k, keepdims=True)
    return dz


@unbroadcast.wrong(
    "size-for-axis",
    f"""It looks as if axis 1 were summed for each 1 in shape. A 1 in shape is a size; where it stands in shape is the
    number of the axis to sum. {STRETCHED}""",
)
def size_for_axis(dz, shape):
    while dz.ndim > len(shape):
        dz = dz.sum(axis=0)
    for size in shape:
        if size == 1:
            dz = dz.sum(axis=size, keepdims=True)
    return dz


@unbroadcast.wrong(
    "front-kept-with-size-1",
    f"""The axes in front are summed, and still there with size 1. Then axis k of dz is not axis k of shape, and the
    wrong ones are summed next. Let the axes in front go. {STRETCHED}""",
)
def front_kept(dz, shape):
    dz = dz.sum(axis=tuple(range(dz.ndim - len(shape))), keepdims=True)
    for k, size in enumerate(shape):
        if size == 1:
            dz = dz.sum(axis=k, keepdims=True)
    return dz


@unbroadcast.wrong(
    "first-one-only",
    f"""It looks as if only the first axis of size 1 were summed. There can be several. {STRETCHED}""",
)
def first_one_only(dz, shape):
    while dz.ndim > len(shape):
        dz = dz.sum(axis=0)
    return dz.sum(axis=shape.index(1), keepdims=True) if 1 in shape else dz


@unbroadcast.wrong(
    "ones-dropped",
    f"""The right axes are summed, and those of size 1 are gone from the result. (N, 1) is not (N,):
    which argument of sum keeps them? {STRETCHED}""",
)
def ones_dropped(dz, shape):
    added = dz.ndim - len(shape)
    ones = [added + k for k, size in enumerate(shape) if size == 1]
    return dz.sum(axis=(*range(added), *ones))


@unbroadcast.wrong(
    "added-axes-kept",
    f"""The right axes are summed, and those that were added in front are still there, with size 1.
    They were never the input's own: let them go. {STRETCHED}""",
)
def added_axes_kept(dz, shape):
    added = dz.ndim - len(shape)
    ones = [added + k for k, size in enumerate(shape) if size == 1]
    return dz.sum(axis=(*range(added), *ones), keepdims=True)


@unbroadcast.wrong(
    "shapes-aligned-left",
    f"""It looks as if the shapes were compared from the left. numpy compares them from the right:
    new axes are added in front. {STRETCHED}""",
)
def aligned_left(dz, shape):
    ones = [k for k, size in enumerate(shape) if size == 1]
    while dz.ndim > len(shape):
        dz = dz.sum(axis=-1)
    return dz.sum(axis=tuple(ones), keepdims=True)


@unbroadcast.wrong(
    "ones-counted-from-the-left",
    f"""It looks as if the axes of size 1 were looked up in dz counted from the left, while the axes in front were still
    there. Shapes are compared from the right: sum the axes in front first, and then look. {STRETCHED}""",
)
def ones_counted_from_the_left(dz, shape):
    added = dz.ndim - len(shape)
    ones = tuple(k for k, size in enumerate(shape) if size == 1)
    return dz.sum(axis=ones, keepdims=True).sum(axis=tuple(range(added)))


unbroadcast.wrong(
    "ones-from-the-left-and-reshaped",
    f"""It looks as if the axes of size 1 were looked up in dz counted from the left, while the axes in front were still
    there; then there is not one number for each place of shape. Sum the axes in front first, and then look.
    {STRETCHED}""",
    lambda dz, shape: ones_counted_from_the_left(dz, shape).reshape(shape),
)

unbroadcast.wrong(
    "reshaped-and-summed",
    f"""It looks as if dz were reshaped to blocks of the given shape, and these were summed. That is right where
    axes were added in front; a stretched axis of size 1 is not what follows in memory: sum along that axis.
    {STRETCHED}""",
    lambda dz, shape: dz.reshape(-1, *shape).sum(axis=0),
)


unbroadcast.wrong(
    "first-axis-always",
    f"""It looks as if the first axis were summed, whatever shape says. Compare the two shapes, axis by axis.
    {STRETCHED}""",
    lambda dz, shape: dz.sum(axis=0),
)

unbroadcast.wrong(
    "last-axis-always",
    f"""It looks as if the last axis were summed, whatever shape says. Compare the two shapes, axis by axis.
    {STRETCHED}""",
    lambda dz, shape: dz.sum(axis=-1),
)

unbroadcast.wrong(
    "total-everywhere",
    f"""Every entry is the sum of all of dz. Each entry of the input gets the gradients of its own copies alone.
    {STRETCHED}""",
    lambda dz, shape: np.full(shape, dz.sum()),
)

unbroadcast.wrong(
    "number-forgotten",
    f"""Arrays are right; for shape () dz comes back as it was. A single number, too, was copied to every place:
    () has no axis, so all axes of dz are added ones. {STRETCHED}""",
    lambda dz, shape: right.unbroadcast(dz, shape) if shape else dz,
)

unbroadcast.wrong(
    "number-in-an-array",
    f"""Arrays are right; for shape () the number stands in an array of shape (1,). () has no axis at all.
    {STRETCHED}""",
    lambda dz, shape: right.unbroadcast(dz, shape) if shape else np.array([dz.sum()]),
)

unbroadcast.wrong(
    "cut-to-size",
    f"""It looks as if the first entries of dz were taken, and the others dropped. Each copy acts on the loss:
    none of them is dropped, they add. {STRETCHED}""",
    lambda dz, shape: np.resize(dz, shape),
)


@unbroadcast.wrong(
    "kept-axes-summed",
    f"""It looks as if the axes that both shapes share were summed. Those are the ones to keep. {STRETCHED}""",
)
def kept_axes_summed(dz, shape):
    added = dz.ndim - len(shape)
    kept = tuple(added + k for k, size in enumerate(shape) if size > 1)
    return dz.sum(axis=kept)


@unbroadcast.wrong(
    "matched-by-size",
    f"""It looks as if axes were recognised by their sizes. Two axes can have one size, and then only the place counts:
    numpy compares shapes from the right. {STRETCHED}""",
    fails="axes of equal size",
)
def matched_by_size(dz, shape):
    gone = tuple(k for k, size in enumerate(dz.shape) if size not in shape)
    return dz.sum(axis=gone).reshape(shape)


@unbroadcast.wrong(
    "written-into-dz",
    f"""The sum was made inside dz, which belongs to the caller. sum gives a new array: use that. {STRETCHED}""",
    fails=("unchanged", "views"),
)
def written_into_dz(dz, shape):
    total = right.unbroadcast(dz, shape)
    dz[...] = total
    return total


@unbroadcast.unusual
def axis_by_axis(dz, shape):
    while np.ndim(dz) > len(shape):
        dz = np.add.reduce(dz, axis=0)
    for k in range(len(shape)):
        if dz.shape[k] != shape[k]:
            dz = np.expand_dims(dz.sum(axis=k), k)
    return dz


@unbroadcast.unusual
def padded_and_reshaped(dz, shape):
    padded = (1,) * (dz.ndim - len(shape)) + tuple(shape)
    axes = tuple(k for k in range(dz.ndim) if padded[k] < dz.shape[k])
    return np.sum(dz, axis=axes, keepdims=True).reshape(shape)


@unbroadcast.unusual
def entry_by_entry_added(dz, shape):
    places = np.broadcast_to(np.arange(int(np.prod(shape))).reshape(shape), dz.shape)
    total = np.zeros(int(np.prod(shape)))
    np.add.at(total, places.ravel(), dz.ravel())
    return total.reshape(shape).tolist()


@unbroadcast.unusual
def by_counting(dz, shape):
    places = np.broadcast_to(np.reshape(range(int(np.prod(shape))), shape), dz.shape)
    total = np.bincount(places.ravel(), weights=dz.ravel())
    return np.float32(total.reshape(shape)) if shape else float(total[0])


@unbroadcast.unusual
def with_einsum_letters(dz, shape):
    letters = "abcdefgh"[: dz.ndim]
    own = letters[dz.ndim - len(shape) :]
    kept = "".join(letter for letter, size in zip(own, shape) if size != 1)
    return np.reshape(np.einsum(f"{letters}->{kept}", dz), shape)
