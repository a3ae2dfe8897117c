-- Everything below a tenant goes with it, everything below an app goes with the app.

CREATE TABLE tenants (
    id      uuid PRIMARY KEY,
    name    text NOT NULL UNIQUE,
    created timestamptz NOT NULL
);

-- A token itself is never kept, only its SHA-256.
CREATE TABLE tokens (
    hash    bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    tenant  uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    name    text NOT NULL,
    created timestamptz NOT NULL
);
CREATE INDEX tokens_by_tenant ON tokens (tenant);

CREATE TABLE apps (
    id          uuid PRIMARY KEY,
    tenant      uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    name        text NOT NULL,
    storage_id  text NOT NULL,
    host        text NOT NULL CONSTRAINT apps_host UNIQUE,
    description text NOT NULL DEFAULT '',
    created     timestamptz NOT NULL,
    modified    timestamptz NOT NULL,
    serving     uuid,
    CONSTRAINT apps_name UNIQUE (tenant, name),
    CONSTRAINT apps_storage_id UNIQUE (tenant, storage_id)
);

CREATE TABLE revisions (
    id         uuid PRIMARY KEY,
    app        uuid NOT NULL REFERENCES apps ON DELETE CASCADE,
    sequence   bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    version    text NOT NULL,
    repository text NOT NULL,
    manifest   text NOT NULL,
    locked_app text NOT NULL,
    state      text NOT NULL CHECK (state IN ('pending', 'ready', 'failed')),
    reason     text,
    created    timestamptz NOT NULL
);
CREATE INDEX revisions_by_app ON revisions (app, sequence DESC);

-- The last revision that was ready: it serves until the newest one is.
ALTER TABLE apps ADD CONSTRAINT apps_serving FOREIGN KEY (serving) REFERENCES revisions ON DELETE SET NULL;
CREATE INDEX apps_by_serving ON apps (serving);

CREATE TABLE variables (
    app   uuid NOT NULL REFERENCES apps ON DELETE CASCADE,
    name  text NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (app, name)
);
