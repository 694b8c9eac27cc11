-- Facts are only ever added. A correction is a new fact that names the old one.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END;
$$;

CREATE TRIGGER content_revision_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON content_revision
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER period_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON period
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemption_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON exemption
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER answer_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON answer
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER attestation_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON attestation
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER completion_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON completion
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER log_leaf_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON log_leaf
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER log_checkpoint_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON log_checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
