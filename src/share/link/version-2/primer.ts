import { Primer } from '../coding/primer.ts'

/**
 * What the text model has read before the first letter: the frame of the words, settings and devices that are
 * common, and plain English. Part of version 2: changing a letter makes every published link of that version
 * unreadable.
 */
const TEXT = `
 is are was were you your with that this for not but from have has had they what when where which who how why
 will would could should about after before because there their then than them other more most very first second
 third one two three four five six seven eight nine ten day time people world water sun moon sky old new small
 big good great little long red blue green yellow black white January February March April May June July August
 September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday
 Write a short story about a Tell me a story about What is the capital of How many How much is Please sort these
 in alphabetical order: Reverse this list: Fill in the gap: The ___ Name three colours. Say again: Make JSON
 (name, age, city): Write a Python function that returns the Write a thank-you note to for the My name is
Once upon a time there was a little girl who lived in the forest. She had a lantern that was broken, so she took
it apart. One day he found an old letter in the box and was happy. They walked all the way home together. "Thank
you," she said. He could not sleep because it was dark, and they lit a candle. The next morning everyone came.
Dear friend,
thank you so much for the gift. It is just what I wanted. I hope you can be there. It would be nice to see you.
Yours,
1. one
2. two
3. three
def add(numbers):
    return [i for i in range(len(numbers), 0, -1) if i % 2 == 0]
    for word in text.split():
        if not a > b:
            total += 1
    else: import self None True False
7+5=12, 1+3+4=8. 47 + 35 = 82
{"name": "", "age": 34, "city": "", "job": "", "item": "", "day": "Friday", "year": 1960, "country": "", "price":
I am a tiny model and can't do that. Ask me to Sorry, I cannot help with that.
GPU CPU NVIDIA AMD Intel Apple Qualcomm server API LLaDA-8B-Instruct Dream-7B mercury "float16" "float32" "bfloat16"
"strategy":"random","strategy":"margin","strategy":"entropy","strategy":"threshold","strategy":"factor",
"blockLength":8,"blockLength":16,"blockLength":32,"steps":16,"steps":32,"steps":64,"temperature":0.7,
"backend":"remote","label":"backend":"cpu","label":"WASM in Node, 2 threads","threads":2},
"backend":"webgpu","label":"WebGPU, apple"},"backend":"wasm","label":"WASM, 1 thread","threads":1},
"backend":"wasm","label":"WASM, 4 threads","threads":4},"suppressed":[]}}
"other":{"model":{"device":{"vocabulary":{"tailFloor":0.9},"provenance":"derived","lacksReasons":true}
"caption":"","diffusion":{"strategy":"low-confidence","answerLength":128,"blockLength":128,"steps":128,
"temperature":0,"topK":8,"threshold":0.9,"factor":1,"seed":1},"autoregressive":{"answerLength":128,
{"prompt":"","diffusion":{"strategy":"low-confidence","answerLength":80,"blockLength":80,"steps":80,"temperature":0,"topK":8,"threshold":0.9,"factor":1,"seed":1},"autoregressive":{"answerLength":80,"temperature":0,"topK":8,"seed":1},"model":{"name":"diffuscope-small","revision":"","parameters":5606656,"precision":"int8"},"device":{"backend":"wasm","label":"WASM, 2 threads","threads":2},"vocabulary":{"size":1024,"mask":0,"end":1,"suppressed":[0,2,3,4]},"tailFloor":0.9}
{"prompt":"`

export const PRIMER = new Primer(TEXT)
