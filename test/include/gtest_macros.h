// Macros as GoogleTest has them.

#ifndef TEST_INCLUDE_GTEST_MACROS_H
#define TEST_INCLUDE_GTEST_MACROS_H

bool starts_child();
void expect(bool);

#define GTEST_DEATH_TEST_(statement, regex)                                    \
  do {                                                                         \
    if (starts_child()) {                                                      \
      statement;                                                               \
    }                                                                          \
  } while (false)
#define EXPECT_DEATH(statement, regex) GTEST_DEATH_TEST_(statement, regex)
#define EXPECT_TRUE(condition) expect(condition)

#endif // TEST_INCLUDE_GTEST_MACROS_H
