// Imitation of libssh for tests.

#ifndef TEST_INCLUDE_LIBSSH_LIBSSH_H
#define TEST_INCLUDE_LIBSSH_LIBSSH_H

extern "C" {

typedef struct ssh_session_struct *ssh_session;
typedef struct ssh_channel_struct *ssh_channel;

ssh_session ssh_new(void);
void ssh_set_blocking(ssh_session, int blocking);
int ssh_connect(ssh_session);
int ssh_userauth_password(ssh_session, const char *user, const char *password);
int ssh_channel_read_timeout(ssh_channel, void *data, unsigned count, int is_stderr, int timeout);
}

#endif
