"""The grammar of charts: what one shows is declared once, drawn fluid on pages and whole for those who take it away.

model says what a chart is, drawing makes its signs, shown hands it to templates, picture and files make what is taken.
"""
