"""What a follow-up leaves unsaid, by what was told before: the bodies, the rows of the form, the years, the text, the cells told.

``bodies`` holds the rules about bodies in the order in which they are asked; they stand by what they look for in ``namesakes``,
``places``, ``left_out``, ``some``, ``together`` and ``groups``.
"""
