using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;

namespace ImapPS.Profile;

/// <summary>
/// A profile in the form that crossgen2 reads (--mibc): an assembly whose method AssemblyDictionary names a method for each assembly,
/// which names the methods that are wanted.
/// </summary>
internal static class ProfileAssembly
{
    private const string Name = "ImapPS.Methods";

    public static void Write(string path, IEnumerable<(string Assembly, IReadOnlyList<MethodBase> Methods)> groups)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(Name), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule(Name);
        ILGenerator dictionary = Define(module, "AssemblyDictionary").GetILGenerator();
        foreach ((string name, IReadOnlyList<MethodBase> methods) in groups)
        {
            MethodBuilder group = Define(module, name);
            Fill(group.GetILGenerator(), methods, module);
            dictionary.Emit(OpCodes.Ldstr, name + ";");
            dictionary.Emit(OpCodes.Ldtoken, group);
            dictionary.Emit(OpCodes.Pop);
        }

        dictionary.Emit(OpCodes.Ret);
        module.CreateGlobalFunctions();
        assembly.Save(path);
    }

    private static MethodBuilder Define(ModuleBuilder module, string name) =>
        module.DefineGlobalMethod(name, MethodAttributes.Public | MethodAttributes.Static, returnType: null, parameterTypes: null);

    private static void Fill(ILGenerator code, IReadOnlyList<MethodBase> methods, ModuleBuilder module)
    {
        foreach (MethodBase method in methods)
        {
            switch (method)
            {
                case ConstructorInfo { IsStatic: true } constructor:
                    code.Emit(OpCodes.Ldtoken, new StaticConstructor(constructor));
                    break;
                case ConstructorInfo constructor:
                    // By its number: what takes a constructor takes no ldtoken.
                    code.Emit(OpCodes.Ldtoken, module.GetMethodMetadataToken(constructor));
                    break;
                default:
                    code.Emit(OpCodes.Ldtoken, (MethodInfo)method);
                    break;
            }

            code.Emit(OpCodes.Pop);
        }

        code.Emit(OpCodes.Ret);
    }
}
