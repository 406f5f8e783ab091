// Macros of green.h.

#ifndef TEST_INCLUDE_GREEN_MACROS_H
#define TEST_INCLUDE_GREEN_MACROS_H

#define GREEN_PING(connection) green::db::query((connection), "ping")

#endif // TEST_INCLUDE_GREEN_MACROS_H
