"""Reckoning with what was told: 头一个比老二多几件, 剩下三家合计占四家的百分之几, 最高那年是最低那年的几倍.

What a question of this kind asks for is no slot of the question before it, so nothing can be taken over (conversation.py). It is read by a
small grammar instead, over the cells that answers told: every word of it must have its part, every set that it counts must have so many
members, and each number is read from its cell again. Whatever does not fit is not answered here.
"""
