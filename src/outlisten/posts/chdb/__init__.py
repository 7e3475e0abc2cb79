"""The post store on chDB: ClickHouse's engine inside this process, in a folder of its own."""
