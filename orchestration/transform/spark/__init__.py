"""The same models on Apache Spark. What lies in the lake, which is a folder or one in a bucket:

    <storage>/raw/<schema>/<table>/<load>-<hash>/   typed Parquet, one folder a table and load
    <storage>/raw/tables.json                       which folders are the tables of now, and their columns
    <storage>/builds/<id>/                          tables that one dbt process has built
    <storage>/built.json                            which of them are the newest
    <storage>/answers/                              what checks have asked, for as long as they read it

Folders are told by their names in the storage.
"""
