"""Which documents a question is about (departments, scope), and what it does across them:

measuring (one figure in one document), surveying (in all of them), across and comparing (set against each other and told).
"""
