-- Facts are only ever added. A correction is a new fact that names the old one.

CREATE TRIGGER content_revision_refuses_update BEFORE UPDATE ON content_revision
BEGIN SELECT RAISE(ABORT, 'content_revision is append-only'); END;

CREATE TRIGGER content_revision_refuses_delete BEFORE DELETE ON content_revision
BEGIN SELECT RAISE(ABORT, 'content_revision is append-only'); END;

CREATE TRIGGER period_refuses_update BEFORE UPDATE ON period
BEGIN SELECT RAISE(ABORT, 'period is append-only'); END;

CREATE TRIGGER period_refuses_delete BEFORE DELETE ON period
BEGIN SELECT RAISE(ABORT, 'period is append-only'); END;

CREATE TRIGGER exemption_refuses_update BEFORE UPDATE ON exemption
BEGIN SELECT RAISE(ABORT, 'exemption is append-only'); END;

CREATE TRIGGER exemption_refuses_delete BEFORE DELETE ON exemption
BEGIN SELECT RAISE(ABORT, 'exemption is append-only'); END;

CREATE TRIGGER answer_refuses_update BEFORE UPDATE ON answer
BEGIN SELECT RAISE(ABORT, 'answer is append-only'); END;

CREATE TRIGGER answer_refuses_delete BEFORE DELETE ON answer
BEGIN SELECT RAISE(ABORT, 'answer is append-only'); END;

CREATE TRIGGER attestation_refuses_update BEFORE UPDATE ON attestation
BEGIN SELECT RAISE(ABORT, 'attestation is append-only'); END;

CREATE TRIGGER attestation_refuses_delete BEFORE DELETE ON attestation
BEGIN SELECT RAISE(ABORT, 'attestation is append-only'); END;

CREATE TRIGGER completion_refuses_update BEFORE UPDATE ON completion
BEGIN SELECT RAISE(ABORT, 'completion is append-only'); END;

CREATE TRIGGER completion_refuses_delete BEFORE DELETE ON completion
BEGIN SELECT RAISE(ABORT, 'completion is append-only'); END;

CREATE TRIGGER log_leaf_refuses_update BEFORE UPDATE ON log_leaf
BEGIN SELECT RAISE(ABORT, 'log_leaf is append-only'); END;

CREATE TRIGGER log_leaf_refuses_delete BEFORE DELETE ON log_leaf
BEGIN SELECT RAISE(ABORT, 'log_leaf is append-only'); END;

CREATE TRIGGER log_checkpoint_refuses_update BEFORE UPDATE ON log_checkpoint
BEGIN SELECT RAISE(ABORT, 'log_checkpoint is append-only'); END;

CREATE TRIGGER log_checkpoint_refuses_delete BEFORE DELETE ON log_checkpoint
BEGIN SELECT RAISE(ABORT, 'log_checkpoint is append-only'); END;
