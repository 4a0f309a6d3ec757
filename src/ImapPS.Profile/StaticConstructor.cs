using System;
using System.Globalization;
using System.Reflection;

namespace ImapPS.Profile;

/// <summary>A static constructor as a method: the writer of assemblies takes each constructor for one of an object.</summary>
internal sealed class StaticConstructor(ConstructorInfo constructor) : MethodInfo
{
    public override MethodAttributes Attributes => constructor.Attributes;

    public override Type DeclaringType => constructor.DeclaringType!;

    public override RuntimeMethodHandle MethodHandle => constructor.MethodHandle;

    public override Module Module => constructor.Module;

    public override string Name => constructor.Name;

    public override Type ReflectedType => constructor.DeclaringType!;

    public override Type ReturnType => typeof(void);

    /// <summary>What any method has that returns nothing.</summary>
    public override ParameterInfo ReturnParameter => typeof(IDisposable).GetMethod(nameof(IDisposable.Dispose))!.ReturnParameter;

    public override ICustomAttributeProvider ReturnTypeCustomAttributes => constructor;

    public override MethodInfo GetBaseDefinition() => this;

    public override Type[] GetGenericArguments() => [];

    public override object[] GetCustomAttributes(bool inherit) => [];

    public override object[] GetCustomAttributes(Type attributeType, bool inherit) => [];

    public override MethodImplAttributes GetMethodImplementationFlags() => constructor.GetMethodImplementationFlags();

    public override ParameterInfo[] GetParameters() => [];

    public override object Invoke(object? obj, BindingFlags invokeAttr, Binder? binder, object?[]? parameters, CultureInfo? culture) =>
        throw new NotSupportedException();

    public override bool IsDefined(Type attributeType, bool inherit) => false;
}
