-- Keys that sign what can be checked without asking us. Kept here and not in a file, because every process
-- on this database signs with the same one. The newest that is not retired signs; all of them verify, for
-- as long as there is paper that bears their signature.
create table signing_keys (
    id bigint primary key,
    key_id text not null unique,
    public_key bytea not null,
    -- The 32 bytes of the private key; sealed: salt, nonce and the same under the secret of the house.
    -- None once it is retired: what cannot sign any more cannot be stolen either.
    private_key bytea,
    sealed boolean not null,
    created_at bigint not null,
    retired_at bigint
);
