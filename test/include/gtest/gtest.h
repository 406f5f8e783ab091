// Tests of several types as GoogleTest has them.

#ifndef TEST_INCLUDE_GTEST_GTEST_H
#define TEST_INCLUDE_GTEST_GTEST_H

namespace testing {
class Test {
public:
  virtual ~Test() = default;

private:
  virtual void TestBody() = 0;
};

template <class... T> struct Types {};

namespace internal {
template <class Class> struct TestFactoryImpl {
  virtual ~TestFactoryImpl() = default;
  virtual Test *CreateTest() { return new Class; }
};

template <template <class> class Suite, class List>
struct TypeParameterizedTest;
template <template <class> class Suite, class... T>
struct TypeParameterizedTest<Suite, Types<T...>> {
  static bool Register(const char *) {
    (new TestFactoryImpl<Suite<T>>, ...);
    return true;
  }
};
} // namespace internal
} // namespace testing

#define TYPED_TEST_SUITE(Suite, List) typedef List Suite##Types
#define TYPED_TEST(Suite, Name)                                                \
  template <class TypeParam_> class Suite##Name : public Suite<TypeParam_> {   \
    typedef Suite<TypeParam_> TestFixture;                                     \
    typedef TypeParam_ TypeParam;                                              \
    void TestBody() override;                                                  \
  };                                                                           \
  static bool Suite##Name##Registered =                                        \
      ::testing::internal::TypeParameterizedTest<                              \
          Suite##Name, Suite##Types>::Register(#Name);                         \
  template <class TypeParam_> void Suite##Name<TypeParam_>::TestBody()

#endif // TEST_INCLUDE_GTEST_GTEST_H
