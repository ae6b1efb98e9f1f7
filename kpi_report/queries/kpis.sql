select kpi, name_en, name_ru, description_en, description_ru, formula, unit, better, owner
from dim_kpi
order by position
