"""«На проверке»: the expert's room."""
