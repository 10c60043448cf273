"""How the books leave the house: what each file says, and in which form."""
